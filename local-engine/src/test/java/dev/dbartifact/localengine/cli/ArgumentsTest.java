package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whose the options are when a command runs another program.
class ArgumentsTest {

  private static Arguments psql(String words) throws UsageException {
    var split = words.isEmpty() ? List.<String>of() : List.of(words.split(" "));
    return Arguments.parse(Command.PSQL, split, Map.of("XDG_DATA_HOME", "/standard"));
  }

  @Test
  void withoutOptionsAllIsThePrograms() throws Exception {
    var arguments = psql("shop");
    assertThat(arguments.words()).containsExactly("shop");
    assertThat(arguments.directory().root()).isEqualTo(Path.of("/standard/db-artifact-local"));
  }

  @ParameterizedTest
  @CsvSource({
    "--data-dir /d shop -c x, shop -c x",
    "shop --data-dir /d -c x, shop -c x",
    "shop --data-dir=/d -c x, shop -c x",
    "shop -c x --data-dir /d, shop -c x",
    "shop --data-dir /d -- -c x, shop -c x",
    "--data-dir /d -- shop -c x, shop -c x",
    "shop --data-dir /d --csv --host=h, shop --csv --host=h",
  })
  void itsOwnOptionsAreItsOwnWhereverTheyStand(String words, String passedOn) throws Exception {
    var arguments = psql(words);
    assertThat(arguments.directory().root()).isEqualTo(Path.of("/d"));
    assertThat(String.join(" ", arguments.words())).isEqualTo(passedOn);
  }

  @Test
  void whatFollowsTwoDashesIsThePrograms() throws Exception {
    var arguments = psql("shop -- --data-dir /d -- x");
    assertThat(arguments.words()).containsExactly("shop", "--data-dir", "/d", "--", "x");
    assertThat(arguments.directory().root()).isEqualTo(Path.of("/standard/db-artifact-local"));
  }

  /// Who looks for `--detach` in the words would not find it, and start engines without end.
  @ParameterizedTest
  @ValueSource(
      strings = {"-detach", "-port=1", "-port8080", "-data-dir", "--det", "-det", "-de", "-xy"})
  void aLongOptionHasTwoDashesAndItsWholeName(String word) {
    assertThatThrownBy(() -> Arguments.parse(Command.START, List.of(word), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Unrecognized option: " + word);
  }

  @Test
  void theRightSpellingIsNamed() {
    assertThatThrownBy(() -> Arguments.parse(Command.START, List.of("-port=1"), Map.of()))
        .hasMessage("Unrecognized option: -port=1; did you mean --port=1?");
  }

  @Test
  void aShortOptionHasOneDash() throws Exception {
    var logs = Arguments.parse(Command.LOGS, List.of("-f", "shop"), Map.of());
    assertThat(logs.has(CommandOption.FOLLOW)).isTrue();
  }

  @Test
  void anOptionWithoutItsValueIsRefused() {
    assertThatThrownBy(() -> psql("shop --data-dir")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> psql(""))
        .hasMessageContaining("Usage: db-artifact-local psql CLUSTER");
  }
}
