package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the environment says.
class VariablesTest extends OptionsFixture {
  @Test
  void theAncestorsEnvironmentStillWorks() throws Exception {
    ConvergeOptions options =
        read(Map.of("CREATE_MODE", "create", "DB_USERNAME", "alice", "DB_PASSWORD", "a-password"));

    assertThat(options.mode()).isEqualTo(Mode.CREATE);
    assertThat(options.username()).hasToString("Optional[alice]");
    assertThat(options.password()).contains(PASSWORD);
  }

  @ParameterizedTest
  @MethodSource("withVariables")
  void aVariableSaysWhatItsOptionSays(OptionNames option, @TempDir Path folder) throws Exception {
    String value = value(option, folder);
    String variable = option.variable().orElseThrow();

    ConvergeOptions given =
        option.takesValue() ? read(option.toString(), value) : read(option.toString());

    assertThat(read(Map.of(variable, value))).isEqualTo(given).isNotEqualTo(read());
  }

  /// The password on the command line is warned of, so that it is not quite the same.
  static Stream<OptionNames> withVariables() {
    return Stream.of(OptionNames.values())
        .filter(option -> option.variable().isPresent() && option != OptionNames.DB_PASSWORD);
  }

  private static String value(OptionNames option, Path folder) throws IOException {
    return switch (option) {
      case MODE, CREATE_MODE -> "create";
      case DB_PASSWORD_FILE -> Files.writeString(folder.resolve("file"), "a-password").toString();
      case REGION -> "eu-west-1";
      case ALLOW -> "restarts";
      case TIMEOUT -> "5";
      case OUTPUT -> "json";
      default -> option.takesValue() ? "something" : "yes";
    };
  }

  @Test
  void emptyVariablesAndDontcareAreAbsent() throws Exception {
    ConvergeOptions options =
        read(Map.of("CREATE_MODE", "", "DB_USERNAME", "dontcare", "DB_PASSWORD", ""));

    assertThat(options.mode()).isEqualTo(Mode.CLONE);
    assertThat(options.username()).isEmpty();
    assertThat(options.password()).isEmpty();
  }

  @Test
  void whatMakesADatabaseIsNeverLeftOutBecauseOfASpelling() throws Exception {
    assertThat(read(Map.of("DB_ARTIFACT_MODE", "create")).mode()).isEqualTo(Mode.CREATE);
    assertThat(read(Map.of("DB_ARTIFACT_MODE", "clone"), "--create_mode", "create").mode())
        .isEqualTo(Mode.CREATE);
    assertThat(read(Map.of("DB_ARTIFACT_REGION", "eu-west-1"), "--aws_region", "eu-west-2").aws())
        .isEqualTo(read("--region", "eu-west-2").aws());
    assertThatThrownBy(() -> read(Map.of("DB_ARTIFACT_MODE", "create", "CREATE_MODE", "clone")))
        .hasMessageContaining("DB_ARTIFACT_MODE: says something else than CREATE_MODE");
    assertThatThrownBy(() -> read("--mode", "clone", "--create_mode", "create"))
        .hasMessageContaining("--mode: says something else than --create_mode");
  }

  @ParameterizedTest
  @CsvSource({
    "DB_ARTIFACT_MOD, DB_ARTIFACT_MODE",
    "DB_ARTIFACT_CREATE_MODE, CREATE_MODE",
    "DB_ARTIFACT_DB_USERNAME, DB_USERNAME",
    "DB_ARTIFACT_DB_PASSWORD, DB_PASSWORD",
    "DB_ARTIFACT_CLUSTERID, DB_ARTIFACT_CLUSTER_ID",
    "DB_ARTIFACT_AWS_PROFILE, AWS_PROFILE",
    "DB_ARTIFACT_AWS_REGION, DB_ARTIFACT_REGION",
    "DB_ARTIFACT_ENDPOINT_URL, AWS_ENDPOINT_URL"
  })
  void aVariableThatNothingReadsIsRefused(String misspelt, String meant) throws Exception {
    var environment = Map.of(misspelt, "A-secret-1");

    assertThatThrownBy(() -> read(environment))
        .isInstanceOfSatisfying(
            InvalidInputException.class, invalid -> assertThat(invalid.problems()).hasSize(1))
        .hasMessageContaining(
            misspelt + ": is not a variable of any option; did you mean " + meant + "?")
        .hasMessageNotContaining("A-secret-1");
    assertThat(read(environment, "--help").command()).isEqualTo(Command.HELP);
  }

  @Test
  void variablesThatAreNoOptionsAreLeftAlone() throws Exception {
    assertThat(read(Map.of("DB_ARTIFACT_DB_CA_BUNDLE", "/bundle", "DB_HOST", "somewhere")))
        .isEqualTo(read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "no", "false", "off", "FALSE", ""})
  void aFlagCanBeOffInItsVariable(String off) throws Exception {
    assertThat(read(Map.of("DB_ARTIFACT_RESET_PASSWORD", off)).resetPassword()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "true", "on", "Yes"})
  void aFlagCanBeOnInItsVariable(String on) throws Exception {
    assertThat(read(Map.of("DB_ARTIFACT_RESET_PASSWORD", on)).resetPassword()).isTrue();
  }

  @Test
  void aFlagIsNothingElse() {
    assertThatThrownBy(() -> read(Map.of("DB_ARTIFACT_RESET_PASSWORD", "maybe")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("DB_ARTIFACT_RESET_PASSWORD: 'maybe' is neither 1, yes, true, on");
  }
}
