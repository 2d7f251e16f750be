package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// What a user hears when AWS cannot be reached or says no: the real SDK on canned answers.
class AwsConnectionTest {
  private static final String CALLER =
      "<GetCallerIdentityResponse><GetCallerIdentityResult>"
          + "<Arn>arn:aws:iam::1:user/alice</Arn>"
          + "</GetCallerIdentityResult></GetCallerIdentityResponse>";

  private final List<String> sent = new ArrayList<>();
  private final List<String> signatures = new ArrayList<>();

  @BeforeEach
  void keys() {
    System.setProperty("aws.accessKeyId", "TEST");
    System.setProperty("aws.secretAccessKey", "TEST");
  }

  @AfterEach
  void noKeys() {
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.profile");
    System.clearProperty("aws.disableEc2Metadata");
    System.clearProperty("aws.useDualstackEndpoint");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidClientTokenId, WRONG_CREDENTIALS, Check the profile",
    "ExpiredToken, WRONG_CREDENTIALS, log in again",
    "AccessDenied, NO_ACCESS, Ask for the right",
    "InvalidDBClusterStateFault, NOT_YET, in a few minutes",
    "InvalidParameterCombination, REFUSED, build it again",
    "SomethingNew, UNKNOWN, in a few minutes",
  })
  void codesHaveAMeaningAndAnAdvice(String code, ErrorMeaning meaning, String advice) {
    var aws = connection(400, fault(code, "no, not that"));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> {
              assertThat(failed.meaning()).isEqualTo(meaning);
              assertThat(failed.code()).contains(code);
            })
        .hasMessageContainingAll("who the caller is", "no, not that (" + code + ")", advice);
  }

  /// What RDS refuses by name has come from an option, not from the artifact.
  @ParameterizedTest
  @CsvSource({
    "MasterUsername rdsadmin cannot be used as it is a reserved word, --db_username.",
    "The parameter MasterUserPassword is not a valid password, master password.",
    "The parameter DBClusterIdentifier is not a valid identifier, --cluster_id.",
    "The parameter DBInstanceIdentifier is not a valid identifier, --cluster_id.",
    "The parameter SourceDBClusterIdentifier is not a valid identifier, build it again.",
    "The parameter BackupRetentionPeriod is not valid, build it again.",
  })
  void aRefusedOptionIsAdvisedToBeChosenAnew(String text, String advice) {
    var aws = connection(400, fault("InvalidParameterValue", text));

    assertThatThrownBy(aws::callerArn).hasMessageEndingWith(advice);
  }

  @Test
  void wrongCredentialsAreAMatterOfConfigurationAsMissingOnesAre() {
    assertThat(ErrorMeaning.WRONG_CREDENTIALS.isConfiguration()).isTrue();
    assertThat(ErrorMeaning.NO_CREDENTIALS.isConfiguration()).isTrue();
    assertThat(ErrorMeaning.NO_ACCESS.isConfiguration()).isFalse();
  }

  @Test
  void throttlingIsTriedAgainByTheSdkAndThenToldSo() {
    var aws = connection(400, fault("Throttling", "Rate exceeded"));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.THROTTLED));
    assertThat(sent).hasSizeGreaterThan(1);
  }

  @Test
  void aRefusedConnectionIsToldWithWhatToCheck() {
    var aws =
        AwsConnection.open(settings(), new Transport(new ConnectException("Connection refused")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "the endpoint http://127.0.0.1:1 cannot be reached",
            "Connection refused",
            "--endpoint_url");
  }

  @Test
  void aHostThatIsNotKnownIsToldByItsName() {
    var aws =
        AwsConnection.open(
            settings(), new Transport(new UnknownHostException("rds.nowhere.example")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "cannot be reached: the host rds.nowhere.example is not known", "Check the region");
  }

  @Test
  void aCertificateThatIsNotTrustedIsToldWithWhereToNameItsAuthorities() {
    var aws =
        AwsConnection.open(
            settings(), new Transport(new SSLHandshakeException("PKIX path building failed")));

    assertThatThrownBy(aws::callerArn)
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.UNREACHABLE))
        .hasMessageContainingAll(
            "no TLS connection to the endpoint http://127.0.0.1:1",
            "PKIX path building failed",
            "AWS_CA_BUNDLE");
  }

  @Test
  void anAnswerThatIsNotOfAwsIsToldAsSuch() {
    var aws = connection(403, "<html>Forbidden by the proxy</html>");

    assertThatThrownBy(aws::callerArn)
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll("HTTP status 403", "no answer of AWS", "proxies");
  }

  @Test
  void readsTheCaller() {
    var aws = connection(200, CALLER);

    assertThat(aws.callerArn()).isEqualTo("arn:aws:iam::1:user/alice");
  }

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
  void theChosenProfilesRegionAndEndpointAreUsed(@TempDir Path home) throws IOException {
    withProfileWork(home);
    var aws = connection(work(), 200, CALLER);

    aws.callerArn();

    assertThat(aws.region()).isEqualTo("eu-west-3");
    assertThat(sent).singleElement().asString().startsWith("http://127.0.0.1:1");
  }

  @Test
  void anEndpointOfAProfileOnThisMachineIsSeenAsSuch(@TempDir Path home) throws IOException {
    withProfileWork(home);

    assertThat(AwsConnection.isLoopback(work())).isTrue();
    assertThat(AwsConnection.isLoopback(AwsSettings.standard())).isFalse();
    assertThat(AwsConnection.isLoopback(settings())).isTrue();
    assertThat(AwsConnection.isLoopback(at("http://aws.localhost:4510"))).isTrue();
    assertThat(AwsConnection.isLoopback(at("http://localhost.example:4510"))).isFalse();
  }

  /// The variable of the AWS command line, which the SDK for Java does not read.
  @Test
  void theCommandLinesVariableForTheRegionIsTakenWhereTheSdksIsNotSet() {
    var commandLine = Map.of("AWS_DEFAULT_REGION", "eu-north-1");
    var both = Map.of("AWS_DEFAULT_REGION", "eu-north-1", "AWS_REGION", "eu-south-1");

    assertThat(AwsSettings.standard().in(commandLine).region()).contains("eu-north-1");
    assertThat(AwsSettings.standard().in(both).region()).isEmpty();
    assertThat(settings().in(commandLine).region()).contains("us-east-1");
    assertThat(AwsSettings.standard().in(Map.of("AWS_DEFAULT_REGION", "")).region()).isEmpty();
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
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
    var here = new AwsSettings(settings.profile(), Optional.of("us-east-1"), settings().endpoint());
    assertThatThrownBy(() -> connection(here, 200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class,
            failed -> assertThat(failed.meaning()).isEqualTo(ErrorMeaning.WRONG_CREDENTIALS))
        .hasMessageContainingAll(told)
        .hasMessageNotContaining("CredentialsProvider");
  }

  private static AwsSettings work() {
    return new AwsSettings(Optional.of("work"), Optional.empty(), Optional.empty());
  }

  private static void withProfileWork(Path home) throws IOException {
    withProfileWork(
        home,
        """
        [profile work]
        region = eu-west-3
        endpoint_url = http://127.0.0.1:1
        aws_access_key_id = WORKKEY
        aws_secret_access_key = WORKSECRET
        """);
  }

  private static void withProfileWork(Path home, String text) throws IOException {
    Path credentials = Files.createFile(home.resolve("credentials"));
    Path config = Files.writeString(home.resolve("config"), text);
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.configFile", config.toString());
  }

  @Test
  void anEndpointIsAUrl() {
    assertThat(AwsSettings.endpoint("http://127.0.0.1:9432"))
        .isEqualTo(URI.create("http://127.0.0.1:9432"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9432",
        "http://127.0.0.1:99999",
        "http://[::1",
        "ftp://a.b",
        "https://"
      })
  void anythingElseIsNoEndpoint(String text) {
    assertThatThrownBy(() -> AwsSettings.endpoint(text))
        .hasMessageContaining("'" + text + "' is not an endpoint: a URL such as");
  }

  @Test
  void whereNothingIsSetUpThereAreNoCredentials(@TempDir Path home) throws IOException {
    withProfileWork(home, "");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");

    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("no AWS credentials were found");
  }

  @Test
  void aProfileThatIsNowhereIsNamed(@TempDir Path home) throws IOException {
    withProfileWork(home, "");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    System.setProperty("aws.disableEc2Metadata", "true");
    var chosen = new AwsSettings(Optional.of("wrok"), settings().region(), settings().endpoint());

    assertThatThrownBy(() -> connection(chosen, 200, CALLER).callerArn())
        .hasMessageContaining("the shared files have none for profile 'wrok'");
    System.setProperty("aws.profile", "wrok");
    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .hasMessageContaining("the shared files have none for profile 'wrok'");
  }

  @Test
  void aSettingThatIsNoneIsAMatterOfConfiguration() {
    System.setProperty("aws.useDualstackEndpoint", "perhaps");

    assertThatThrownBy(() -> connection(200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class, wrong -> assertThat(wrong.meaning().isConfiguration()).isTrue())
        .hasMessageContainingAll("AWS_USE_DUALSTACK_ENDPOINT", "perhaps");
  }

  @Test
  void aRegionThatCannotBeOneIsAMatterOfConfiguration() {
    var nowhere = new AwsSettings(Optional.empty(), Optional.of("eu central"), Optional.empty());

    assertThatThrownBy(() -> connection(nowhere, 200, CALLER).callerArn())
        .isInstanceOfSatisfying(
            AwsException.class, wrong -> assertThat(wrong.meaning().isConfiguration()).isTrue())
        .hasMessageContainingAll("Could not connect to AWS", "eu%20central", "Correct the region");
  }

  @Test
  void anEndpointOfTheSurroundingsThatIsNoneIsAMatterOfConfiguration() {
    System.setProperty("aws.endpointUrlRds", "localhost:4510");
    try {
      assertThatThrownBy(() -> AwsConnection.open(AwsSettings.standard()))
          .isInstanceOfSatisfying(
              AwsException.class,
              wrong -> assertThat(wrong.meaning()).isEqualTo(ErrorMeaning.WRONG_SETTINGS))
          .hasMessageContaining("'localhost:4510' is not an endpoint");
    } finally {
      System.clearProperty("aws.endpointUrlRds");
    }
  }

  @Test
  void anEmptySettingSaysNothing() {
    assertThat(new AwsSettings(Optional.of(""), Optional.of(" "), Optional.empty()))
        .isEqualTo(AwsSettings.standard());
  }

  private AwsConnection connection(int status, String body) {
    return connection(settings(), status, body);
  }

  private AwsConnection connection(AwsSettings settings, int status, String body) {
    return AwsConnection.open(settings, new Transport(status, body));
  }

  private static AwsSettings settings() {
    return new AwsSettings(
        Optional.empty(), Optional.of("us-east-1"), Optional.of(URI.create("http://127.0.0.1:1")));
  }

  private static AwsSettings at(String endpoint) {
    return new AwsSettings(Optional.empty(), Optional.empty(), Optional.of(URI.create(endpoint)));
  }

  private static String fault(String code, String message) {
    return "<ErrorResponse><Error><Type>Sender</Type><Code>"
        + code
        + "</Code><Message>"
        + message
        + "</Message></Error><RequestId>1</RequestId></ErrorResponse>";
  }

  /// Always answers the same, or never gets an answer.
  private final class Transport implements SdkHttpClient {
    private final int status;
    private final String body;
    private final Optional<IOException> failure;

    Transport(int status, String body) {
      this.status = status;
      this.body = body;
      this.failure = Optional.empty();
    }

    Transport(IOException failure) {
      this.status = 0;
      this.body = "";
      this.failure = Optional.of(failure);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      sent.add(request.httpRequest().getUri().toString());
      request.httpRequest().firstMatchingHeader("Authorization").ifPresent(signatures::add);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          if (failure.isPresent()) {
            throw failure.get();
          }
          var content = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(status).build())
              .responseBody(AbortableInputStream.create(content))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    @Override
    public void close() {}
  }
}
