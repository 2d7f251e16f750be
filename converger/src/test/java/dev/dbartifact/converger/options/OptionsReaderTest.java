package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsReaderTest {
  private static final Secret PASSWORD = Secret.masterPassword("a-password");

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev and (",
        "test)",
        "x'; drop",
        "a,,b",
        "and a",
        "a or",
        "not",
        "(a or ()) and b"
      })
  void aFilterThatIsNoneIsRefused(String filter) {
    for (String option : List.of("--contexts", "--labels")) {
      assertThatThrownBy(() -> read(option, filter))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(option, "'" + filter + "' is not a filter of change sets");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "test",
        "test, demo",
        "!slow",
        "not slow AND (v1.2 or !(and-more, @b))",
        "release 1",
        "notable or order"
      })
  void aFilterIsTakenAsItIs(String filter) throws Exception {
    assertThat(read("--contexts", filter).contexts()).isEqualTo(filter);
    assertThat(read("--labels", filter).labels()).isEqualTo(filter);
  }

  @Test
  void aRegionThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("--region", "x y"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--region: 'x y' is not the name of a region");
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

  @Test
  void emptyVariablesAndDontcareAreAbsent() throws Exception {
    ConvergeOptions options =
        read(Map.of("CREATE_MODE", "", "DB_USERNAME", "dontcare", "DB_PASSWORD", ""));

    assertThat(options.mode()).isEqualTo(Mode.CLONE);
    assertThat(options.username()).isEmpty();
    assertThat(options.password()).isEmpty();
  }

  @Test
  void theCommandLineWinsOverTheEnvironment() throws Exception {
    assertThat(read(Map.of("CREATE_MODE", "create"), "--mode", "clone").mode())
        .isEqualTo(Mode.CLONE);
    assertThat(read(Map.of("DB_ARTIFACT_OWNER", "bob"), "--owner", "alice").owner())
        .contains("alice");
    assertThat(read(Map.of("DB_ARTIFACT_OWNER", "bob")).owner()).contains("bob");
  }

  @Test
  void aPasswordOnTheCommandLineIsWarnedOf() throws Exception {
    ConvergeOptions options = read("--db_password", "a-password");

    assertThat(options.password()).contains(PASSWORD);
    assertThat(options.warnings()).singleElement().asString().contains("every user");
    assertThat(options.toString()).doesNotContain("a-password");
  }

  @Test
  void readsThePasswordFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "a-password\n");

    assertThat(read("--db_password_file", file.toString()).password()).contains(PASSWORD);
  }

  @Test
  void readsThePasswordFromStandardInput() throws Exception {
    var piped = List.of("--db-password-file", "-");

    assertThat(OptionsReader.read(piped, Map.of(), text("a-password\n")).password())
        .contains(PASSWORD);
    assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), StandardInput.NONE))
        .hasMessageContaining("standard input: gave no line with a password");
  }

  /// As that of a job whose standard input stays open behind the line.
  @Test
  @Timeout(30)
  void aLineOfStandardInputIsEnough() throws Exception {
    var piped = List.of("--db-password-file", "-");
    var told = new ArrayList<String>();
    try (var open = new PipedOutputStream();
        var in = new PipedInputStream(open)) {
      open.write("a-password\n".getBytes(StandardCharsets.UTF_8));
      var line = new StandardInput(in, Duration.ZERO, told::add);

      assertThat(OptionsReader.read(piped, Map.of(), line).password()).contains(PASSWORD);
      assertThat(told).isEmpty();
      assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), line))
          .hasMessageContaining("standard input: gave no line with a password");
      assertThat(told).singleElement().asString().contains("standard input");
    }
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

  @Test
  void allProblemsAreToldAtOnceAndNoSecret() {
    assertThatThrownBy(() ->
            read(
                "clne",
                "--bogus",
                "--mode",
                "copy",
                "--db_password",
                "sec/ret-word",
                "--cluster_id",
                "-x-",
                "--timeout",
                "soon",
                "--output",
                "xml",
                "--endpoint_url",
                "localhost",
                "--allow",
                "everything",
                "--owner"))
        .isInstanceOfSatisfying(
            InvalidInputException.class, invalid -> assertThat(invalid.problems()).hasSize(10))
        .hasMessageContainingAll(
            "'clne' is not a command",
            "--bogus: is not an option",
            "'copy' is not a mode",
            "--db_password: a master password",
            "--cluster_id:",
            "'soon' is not a time",
            "'xml' is not an output",
            "'localhost' is not an endpoint",
            "'everything' is not a hazard",
            "--owner: needs a value")
        .hasMessageNotContaining("sec/ret-word");
  }

  @Test
  void whatIsNearlyAnOptionIsSuggested() {
    assertThatThrownBy(() -> read("--cluster-idd", "x", "--db_pasword", "A-secret-1", "--zebra"))
        .hasMessageContainingAll(
            "--cluster-idd: is not an option; did you mean --cluster_id?",
            "--db_pasword: is not an option; did you mean --db_password?",
            "--zebra: is not an option; --help lists them");
  }

  @Test
  void aWrongPasswordIsReportedUnderItsTrueSource() throws Exception {
    assertThatThrownBy(() -> read(Map.of("DB_PASSWORD", "short")))
        .hasMessageContaining("  DB_PASSWORD: a master password has");
    var piped = List.of("--db_password_file", "-");
    assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), text("short")))
        .hasMessageContaining("  standard input: a master password has");
    var named = Map.of("DB_ARTIFACT_PASSWORD_FROM", "DB_PASSWORD");
    assertThatThrownBy(() -> OptionsReader.read(piped, named, text("short")))
        .hasMessageContaining("  DB_PASSWORD: a master password has");
  }

  private static StandardInput text(String text) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new StandardInput(in, Duration.ZERO, _ -> {});
  }

  @Test
  void aMissingPasswordFileIsNamed() {
    assertThatThrownBy(() -> read("--db_password_file", "/no/such/file"))
        .hasMessageContaining("--db_password_file: there is no file '/no/such/file'");
  }

  @Test
  void aFolderIsNoPasswordFile(@TempDir Path folder) {
    assertThatThrownBy(() -> read("--db_password_file", folder.toString()))
        .hasMessageContaining("'" + folder + "' cannot be read: Is a directory");
  }

  @Test
  void anEmptyPasswordIsNotTakenForNone() {
    assertThatThrownBy(() -> read("--db_password", ""))
        .hasMessageContaining("--db_password: is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-timeout", "-timeout 5", "-timeout=5", "-verbose", "-cluster-id x"})
  void aLongOptionHasTwoDashes(String given) {
    String name = given.split("[ =]")[0];

    assertThatThrownBy(() -> read(given.split(" ")))
        .isInstanceOfSatisfying(
            InvalidInputException.class, invalid -> assertThat(invalid.problems()).hasSize(1))
        .hasMessageContaining(name + ": has one dash; write -" + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-db_password A-secret-1",
        "-db_password=A-secret-1",
        "-db-password A-secret-1",
        "--db_pasword A-secret-1",
        "-dbpassword A-secret-1"
      })
  void aSecretBehindAMisspelledOptionIsNotTold(String given) {
    assertThatThrownBy(() -> read(given.split(" ")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageNotContaining("A-secret-1");
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

  @Test
  void anOwnerMustFitIntoATag() {
    assertThatThrownBy(() -> read("--owner", "Doe, Jane"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--owner:", "Doe, Jane", "letters, digits, spaces");
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

  private static ConvergeOptions read(String... arguments) throws Exception {
    return read(Map.of(), arguments);
  }

  private static ConvergeOptions read(Map<String, String> environment, String... arguments)
      throws Exception {
    return OptionsReader.read(Arrays.asList(arguments), environment, StandardInput.NONE);
  }
}
