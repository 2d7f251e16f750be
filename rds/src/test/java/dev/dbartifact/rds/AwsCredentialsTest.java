package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose keys are taken, and what a user hears where there are none.
class AwsCredentialsTest extends AwsConnectionFixture {

  @Test
  void aProfileThatWasChosenWinsOverKeysInTheSurroundings(@TempDir Path home) throws IOException {
    withProfileWork(home);
    var aws = connection(work(), 200, CALLER);

    aws.callerArn();

    assertThat(signatures).singleElement().asString().contains("Credential=WORKKEY/");
  }

  @Test
  void withoutOneTheStandardOrderHolds(@TempDir Path home) throws IOException {
    withProfileWork(home);

    connection(200, CALLER).callerArn();

    assertThat(signatures).singleElement().asString().contains("Credential=TEST/");
  }

  @Test
  void wrongCredentialsAreAMatterOfConfigurationAsMissingOnesAre() {
    assertThat(ErrorMeaning.WRONG_CREDENTIALS.isConfiguration()).isTrue();
    assertThat(ErrorMeaning.NO_CREDENTIALS.isConfiguration()).isTrue();
    assertThat(ErrorMeaning.NO_ACCESS.isConfiguration()).isFalse();
  }

  /// A session that has ended is told, whoever is asked for credentials: the profile alone, or all
  /// providers in turn.
  @Test
  void anSsoSessionThatHasEndedIsToldAsSuch(@TempDir Path home) throws IOException {
    withProfileWork(
        home,
        """
        [profile work]
        sso_session = none-of-that-name-is-cached
        sso_account_id = 123456789012
        sso_role_name = Dev
        [sso-session none-of-that-name-is-cached]
        sso_region = us-east-1
        sso_start_url = https://sso.example/start
        """);

    assertRefusesCredentials(work(), "The SSO session", "aws sso login");
    System.setProperty("aws.profile", "work");
    assertRefusesCredentials(settings(), "The SSO session", "aws sso login", "AWS_PROFILE");
  }

  @Test
  void aProgramForCredentialsThatFailsIsTold(@TempDir Path home) throws IOException {
    withProfileWork(home, "[profile work]\ncredential_process = /no/such/program\n");

    assertRefusesCredentials(work(), "/no/such/program", "export-credentials");
    System.setProperty("aws.profile", "work");
    assertRefusesCredentials(settings(), "process-based credentials");
  }

  private void assertRefusesCredentials(AwsSettings settings, String... told) {
    withoutKeys();
    var here = new AwsSettings(settings.profile(), Optional.of("us-east-1"), settings().endpoint());
    assertThatThrownBy(() -> connection(here, 200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.WRONG_CREDENTIALS))
        .hasMessageContainingAll(told)
        .hasMessageNotContaining("CredentialsProvider");
  }

  @Test
  void whereNothingIsSetUpThereAreNoCredentials(@TempDir Path home) throws IOException {
    withProfileWork(home, "");
    withoutKeys();

    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("no AWS credentials were found");
  }

  @Test
  void aProfileThatIsNowhereIsNamed(@TempDir Path home) throws IOException {
    withProfileWork(home, "");
    withoutKeys();
    var chosen = new AwsSettings(Optional.of("wrok"), settings().region(), settings().endpoint());

    assertThatThrownBy(() -> connection(chosen, 200, CALLER).callerArn())
        .hasMessageContaining("the shared files have none for profile 'wrok'");
    System.setProperty("aws.profile", "wrok");
    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .hasMessageContaining("the shared files have none for profile 'wrok'");
  }

  /// Nor asks the machine for some.
  private static void withoutKeys() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
  }
}
