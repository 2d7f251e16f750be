package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionFileTest {

  @Test
  void anEmptyOneHasItsSectionOnly() {
    assertThat(OptionFile.write(Map.of())).isEqualTo("[mariadbd]\n");
    assertThat(OptionFile.parse("[mariadbd]\n")).isEmpty();
  }

  @Test
  void valuesAreQuotedAndReadBack() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("port", "3306");
    settings.put("init_connect", "SET @a = \"#x\\y\"");

    var text = OptionFile.write(settings);

    assertThat(text)
        .isEqualTo("[mariadbd]\nport=\"3306\"\ninit_connect=\"SET @a = \\\"#x\\\\y\\\"\"\n");
    assertThat(OptionFile.parse(text)).isEqualTo(settings);
  }

  /// The server would read the rest of the line as another option.
  @Test
  void noLineIsLongerThanTheServersBuffer() {
    var most = 4000 - "init_connect=\"\"\n".length();

    for (var attack :
        List.of(
            "\\".repeat(2040),
            "\"".repeat(2040),
            "é".repeat(2040),
            "€".repeat(1400),
            "x".repeat(most + 1))) {
      assertThat(OptionFile.holds("init_connect", attack)).isFalse();
      assertThatThrownBy(() -> OptionFile.write(Map.of("init_connect", attack + "x=1#")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("init_connect")
          .hasMessageNotContaining("x=1#");
    }
    for (var fits : List.of("\\".repeat(most / 2), "é".repeat(most / 2), "x".repeat(most))) {
      assertThat(OptionFile.holds("init_connect", fits)).isTrue();
      assertThat(OptionFile.write(Map.of("init_connect", fits)).lines().skip(1))
          .singleElement()
          .satisfies(
              line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4000));
    }
  }

  @Test
  void aValueIsOneLine() {
    for (var lines : List.of("a\nskip_grant_tables", "a\rb", "a\u0000b")) {
      assertThat(OptionFile.holds("init_connect", lines)).isFalse();
    }
  }
}
