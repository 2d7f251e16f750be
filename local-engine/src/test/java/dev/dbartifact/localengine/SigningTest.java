package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.AccessKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.sts.StsClient;

class SigningTest {

  @TempDir Path memory;

  @Test
  void theCallerIsKnownByItsKey() throws Exception {
    try (var engine = TestEngine.start(memory);
        var sts =
            StsClient.builder()
                .endpointOverride(engine.engine.endpoint())
                .region(Region.US_WEST_2)
                .credentialsProvider(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret())))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      var caller = sts.getCallerIdentity();
      assertThat(caller.account()).isEqualTo("000000000000");
      assertThat(caller.arn()).startsWith("arn:aws:iam::000000000000:user/");
    }
  }

  @Test
  void anUnknownKeyIsRefused() throws Exception {
    refused(new AccessKey("LKIAOTHEROTHEROTHER1", TestEngine.KEY.secret()), "InvalidClientTokenId");
  }

  @Test
  void aWrongSecretIsRefused() throws Exception {
    refused(
        new AccessKey(TestEngine.KEY.id(), "not-the-secret-of-the-tests"), "SignatureDoesNotMatch");
  }

  private void refused(AccessKey key, String code) throws Exception {
    try (var engine = TestEngine.start(memory);
        var client = TestEngine.client(engine.engine, key)) {
      assertThatThrownBy(client::describeDBClusters)
          .isInstanceOfSatisfying(
              RdsException.class,
              e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                assertThat(e.statusCode()).isEqualTo(403);
                assertThat(e.requestId()).isNotBlank();
              });
    }
  }

  @Test
  void aClockThatIsFarOffIsRefused() throws Exception {
    var clock = new TurnableClock(Instant.now());
    try (var engine = TestEngine.start(memory, new FakeDatabaseHost(), clock)) {
      engine.rds.describeDBClusters();
      clock.turn(Duration.ofMinutes(20));
      assertThatThrownBy(engine.rds::describeDBClusters).hasMessageContaining("minutes off");
    }
  }

  @Test
  void anUnsignedRequestIsRefused() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      assertThat(post(engine.engine.endpoint(), "Action=DescribeDBClusters"))
          .contains("<Code>MissingAuthenticationToken</Code>");
    }
  }

  @Test
  void aHugeRequestIsRefused() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      assertThat(post(engine.engine.endpoint(), "A=" + "x".repeat(2_000_000)))
          .contains("<Code>RequestEntityTooLarge</Code>");
    }
  }

  private static String post(URI endpoint, String form) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(form));
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }
}
