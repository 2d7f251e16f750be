package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether psql is told its database.
class UsualDatabaseTest {

  @ParameterizedTest
  @ValueSource(strings = {"shop", "shop -c x", "-d shop", "-dshop -c x", "-c x --dbname=shop"})
  void whatIsNamedNeedsNoSearch(String words) {
    assertThat(UsualDatabase.isNamedIn(List.of(words.split(" ")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-c x", "-At", "--csv -f file.sql"})
  void otherArgumentsNameNone(String words) {
    assertThat(UsualDatabase.isNamedIn(List.of(words.split(" ")))).isFalse();
    assertThat(UsualDatabase.isNamedIn(List.of())).isFalse();
  }
}
