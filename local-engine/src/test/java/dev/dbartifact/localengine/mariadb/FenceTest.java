package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {
  private static final List<Pattern> PATTERNS =
      Fence.patterns().stream().map(FenceTest::expression).toList();

  private static Pattern expression(String like) {
    return Pattern.compile(
        like.chars()
            .mapToObj(each -> Character.toString(each))
            .map(each -> each.equals("_") ? "." : each.equals("%") ? ".*" : Pattern.quote(each))
            .collect(Collectors.joining()));
  }

  private static boolean within(String database) {
    return PATTERNS.stream().anyMatch(pattern -> pattern.matcher(database).matches());
  }

  @Test
  void theSchemaOfTheSystemIsOutside() {
    assertThat(within("mysql")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "my",
        "sys",
        "mysq",
        "shop",
        "shops",
        "my_db",
        "mysqk",
        "Mysql",
        "MYSQL",
        "1ysql",
        "mysql1",
        "mysql_backup",
        "m_app",
        "performance_schema"
      })
  void everyOtherNameIsInside(String database) {
    assertThat(within(database)).isTrue();
  }

  @Test
  void aStatementIsOneLine() {
    assertThat(new Fence(new EngineAccount("root")).statements())
        .allSatisfy(sql -> assertThat(sql).doesNotContain("\n", ";"));
  }
}
