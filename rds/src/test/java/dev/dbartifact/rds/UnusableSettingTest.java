package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user hears of a standard setting that the SDK refuses.
class UnusableSettingTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_SECRET_ACCESS_KEY", "abc",
          "AWS_MAX_ATTEMPTS", "abc",
          "AWS_DEFAULTS_MODE", "maybe",
          "AWS_ENDPOINT_URL", "nonsense",
          "AWS_ENDPOINT_URL_RDS", "ht tp",
          "AWS_USE_FIPS_ENDPOINT", "perhaps",
          "AWS_PROFILE", "not");

  @TempDir Path home;

  @BeforeEach
  void sharedFiles() {
    System.setProperty("aws.configFile", home.resolve("config").toString());
    System.setProperty("aws.sharedCredentialsFile", home.resolve("credentials").toString());
  }

  @AfterEach
  void noSharedFiles() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
  }

  /// The words are the SDK's.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "For input string: \"abc\", AWS_MAX_ATTEMPTS is 'abc'",
        "maxAttempts must be positive, AWS_MAX_ATTEMPTS is 'abc'",
        "The provided value is not a valid defaults mode maybe, AWS_DEFAULTS_MODE is 'maybe'",
        "'nonsense' is not an endpoint: a URL, AWS_ENDPOINT_URL is 'nonsense'",
        "An invalid URI was configured in AWS_ENDPOINT_URL_RDS, AWS_ENDPOINT_URL_RDS is 'ht tp'",
        "Environment variable 'AWS_USE_FIPS_ENDPOINT' was defined as, AWS_USE_FIPS_ENDPOINT is",
      })
  void theVariableIsNamed(String said, String told) {
    var unusable = UnusableSetting.of(new IllegalArgumentException(said), ENVIRONMENT);

    assertThat(unusable.told()).startsWith(told).endsWith("which cannot be used: " + said);
    assertThat(unusable.advice()).matches("Correct AWS_\\w+, or unset it\\.");
  }

  @Test
  void whatIsInNoVariableKeepsTheWordsOfTheSdk() {
    var unusable = UnusableSetting.of(new IllegalStateException("no, not that"), ENVIRONMENT);

    assertThat(unusable.told()).isEqualTo("no, not that");
    assertThat(unusable.advice()).contains("the region, the profile or the endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "config, garbage, Expected a profile definition on line 1, AWS_CONFIG_FILE",
    "credentials, [default, must end with ']' on line 1, AWS_SHARED_CREDENTIALS_FILE",
  })
  void theMalformedFileIsNamed(String name, String text, String said, String variable)
      throws Exception {
    Path file = Files.writeString(home.resolve(name), text + "\n");
    var nowhere = new AwsSettings(Optional.empty(), Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> AwsConnection.open(nowhere).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class,
            wrong -> assertThat(wrong.meaning()).isEqualTo(ErrorMeaning.WRONG_SETTINGS))
        .hasMessageContainingAll("the file " + file + " cannot be used", said, variable);
  }
}
