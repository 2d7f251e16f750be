package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is chosen on the command line, and what is where nothing is.
class OptionsReaderTest extends OptionsFixture {
  @Test
  void withoutAMadeArtifactClones() throws Exception {
    ConvergeOptions options = read();

    assertThat(options.command()).isEqualTo(Command.CONVERGE);
    assertThat(options.mode()).isEqualTo(Mode.CLONE);
    assertThat(options.timeout()).isEqualTo(Duration.ofMinutes(60));
    assertThat(options.password()).isEmpty();
    assertThat(options.json()).isFalse();
    assertThat(options.allowed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cluster_id dev", "--cluster-id dev", "--cluster-id=dev"})
  void dashesAndUnderscoresAreTheSame(String spelled) throws Exception {
    assertThat(read(spelled.split(" ")).clusterId()).hasToString("Optional[dev]");
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() throws Exception {
    assertThat(read(Map.of("CREATE_MODE", "create"), "--mode", "clone").mode())
        .isEqualTo(Mode.CLONE);
    assertThat(read(Map.of("DB_ARTIFACT_OWNER", "bob"), "--owner", "alice").owner())
        .contains("alice");
    assertThat(read(Map.of("DB_ARTIFACT_OWNER", "bob")).owner()).contains("bob");
  }

  @ParameterizedTest
  @CsvSource({"30, 1800", "90s, 90", "2h, 7200", "5m, 300", "5min, 300"})
  void aTimeoutHasAUnit(String text, long seconds) throws Exception {
    assertThat(read("--timeout", text).timeout()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void hazardsAreAllowedOneByOne() throws Exception {
    assertThat(read("--allow", "restarts", "--allow", "deletes-instances").allowed())
        .containsExactly(Hazard.RESTARTS, Hazard.DELETES_INSTANCES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restarts,deletes-instances", "deletes-instances, restarts"})
  void hazardsAreAllowedInOneWordToo(String several) throws Exception {
    var both = Set.of(Hazard.RESTARTS, Hazard.DELETES_INSTANCES);
    assertThat(read("--allow", several).allowed()).isEqualTo(both);
    assertThat(read(Map.of("DB_ARTIFACT_ALLOW", several)).allowed()).isEqualTo(both);
  }

  @Test
  void aTerminalSaysHowWideItIs() throws Exception {
    assertThat(read().columns()).isEqualTo(80);
    assertThat(read(Map.of("COLUMNS", "132")).columns()).isEqualTo(132);
    assertThat(read(Map.of("COLUMNS", "132", "DB_ARTIFACT_COLUMNS", "100")).columns())
        .isEqualTo(100);
    assertThat(read(Map.of("COLUMNS", "132", "DB_ARTIFACT_COLUMNS", "wide")).columns())
        .isEqualTo(132);
  }

  @ParameterizedTest
  @EnumSource
  void theHelpNamesEveryOption(OptionNames option) {
    assertThat(Help.text()).contains(option.toString());
  }
}
