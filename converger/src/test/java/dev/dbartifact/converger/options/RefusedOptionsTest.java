package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.InvalidInputException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no option is, or no value of one.
class RefusedOptionsTest extends OptionsFixture {
  @Test
  void allProblemsAreToldAtOnceAndNoSecret() {
    assertThatThrownBy(() ->
            read(
                ("clne --bogus --mode copy --db_password sec/ret-word --cluster_id -x- --timeout "
                        + "soon --output xml --endpoint_url localhost --allow everything --owner")
                    .split(" ")))
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
  @MethodSource("withValues")
  void anEmptyValueIsNoneLeftOut(OptionNames option) {
    for (String[] given : new String[][] {{"" + option, ""}, {option + "="}}) {
      assertThatThrownBy(() -> read(given))
          .isInstanceOfSatisfying(
              InvalidInputException.class, invalid -> assertThat(invalid.problems()).hasSize(1))
          .hasMessageContaining(option + ": is empty");
    }
  }

  static Stream<OptionNames> withValues() {
    return Stream.of(OptionNames.values()).filter(OptionNames::takesValue);
  }

  @Test
  void allThatIsEmptyIsToldAtOnceWhateverTheEnvironmentSays() {
    var environment = Map.of("DB_ARTIFACT_MODE", "create", "DB_ARTIFACT_CLUSTER_ID", "dev");

    assertThatThrownBy(() -> read(environment, "--mode", "", "--cluster-id=", "--allow", ""))
        .isInstanceOfSatisfying(
            InvalidInputException.class, invalid -> assertThat(invalid.problems()).hasSize(3))
        .hasMessageContainingAll("--mode: is empty", "--cluster_id: is empty", "--allow: is empty");
  }

  @Test
  void aRegionThatIsNoneIsRefused() {
    assertThatThrownBy(() -> read("--region", "x y"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--region: 'x y' is not the name of a region");
  }

  @Test
  void anOwnerMustFitIntoATag() {
    assertThatThrownBy(() -> read("--owner", "Doe, Jane"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--owner:", "Doe, Jane", "letters, digits, spaces");
  }
}
