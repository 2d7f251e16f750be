package dev.dbartifact.localengine;

import static dev.dbartifact.localengine.TestEngine.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/// How long sessions may last, and what they may open in turn.
class SessionTest {

  private static final AwsCredentials OWN = AwsBasicCredentials.create(KEY.id(), KEY.secret());
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"rds.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;
  private static final int HOUR = 3600;
  private static final String CHAINED = "1 hour session limit for roles assumed by role chaining";
  private static final String TOO_LONG = "exceeds the MaxSessionDuration set for this role.";

  private TestEngine engine;
  private StsClient sts;

  @BeforeEach
  void start(@TempDir Path memory) throws Exception {
    engine = TestEngine.start(memory);
    sts = sts(OWN);
  }

  @AfterEach
  void stop() {
    sts.close();
    engine.close();
  }

  private StsClient sts(AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static AwsCredentials of(Credentials keys) {
    return AwsSessionCredentials.create(
        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  private static Credentials assume(StsClient by, String role, int seconds) {
    return by.assumeRole(r ->
            r.roleArn("arn:aws:iam::000000000000:role/" + role)
                .roleSessionName("me")
                .durationSeconds(seconds))
        .credentials();
  }

  private static void assertRefused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StsException.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void aRoleThatWasMadeSaysHowLong() {
    try (var iam =
        IamClient.builder()
            .endpointOverride(engine.engine.endpoint())
            .region(Region.US_WEST_2)
            .credentialsProvider(StaticCredentialsProvider.create(OWN))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      iam.createRole(
          r -> r.roleName("loader").assumeRolePolicyDocument(TRUST).maxSessionDuration(2 * HOUR));
      assertLasts(2 * HOUR, assume(sts, "loader", 2 * HOUR));
      assertRefused("ValidationError", TOO_LONG, () -> assume(sts, "loader", 2 * HOUR + 1));
      iam.updateRole(r -> r.roleName("loader").maxSessionDuration(3 * HOUR));
      assertLasts(3 * HOUR, assume(sts, "loader", 3 * HOUR));
    }
    assertLasts(12 * HOUR, assume(sts, "whoever", 12 * HOUR));
  }

  private static void assertLasts(int seconds, Credentials keys) {
    assertThat(Duration.between(Instant.now(), keys.expiration()))
        .isBetween(Duration.ofSeconds(seconds - 60), Duration.ofSeconds(seconds));
  }

  @Test
  void aRoleThatARoleAssumesHasAnHour() {
    try (var assumed = sts(of(assume(sts, "first", HOUR)))) {
      assertLasts(HOUR, assume(assumed, "second", HOUR));
      assertRefused("ValidationError", CHAINED, () -> assume(assumed, "second", HOUR + 1));
    }
    // The session of a user is no role.
    try (var session = sts(of(sts.getSessionToken().credentials()))) {
      assertLasts(2 * HOUR, assume(session, "second", 2 * HOUR));
    }
  }

  @Test
  void aSessionOpensNoSessionOfItsUser() {
    try (var session = sts(of(sts.getSessionToken().credentials()));
        var assumed = sts(of(assume(sts, "first", HOUR)))) {
      for (var each : new StsClient[] {session, assumed}) {
        assertRefused(
            "AccessDenied",
            "Cannot call GetSessionToken with session credentials",
            each::getSessionToken);
      }
    }
  }
}
