package dev.dbartifact.localengine;

import static dev.dbartifact.localengine.TestEngine.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.SignedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

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

  /// See "Error codes for the Amazon EC2 API": it has one for all that is wrong with credentials.
  @Test
  void ec2HasAWordOfItsOwnForAWrongSecret() throws Exception {
    var wrong = new AccessKey(TestEngine.KEY.id(), "not-the-secret-of-the-tests");
    try (var engine = TestEngine.start(memory);
        var client = HttpClient.newHttpClient()) {
      var form = "Action=DescribeVpcs&Version=2016-11-15";
      var request = SignedRequest.of("POST", engine.engine.endpoint(), form, "ec2", wrong);
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("<Code>AuthFailure</Code>");
    }
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
      assertThatThrownBy(engine.rds::describeDBClusters).hasMessageContaining("Signature expired");
    }
  }

  @Test
  void aRequestThatWasSignedForAnotherRegionIsRefused() throws Exception {
    try (var engine = TestEngine.start(memory);
        var client = TestEngine.client(engine.engine, KEY, Region.EU_CENTRAL_1)) {
      assertThatThrownBy(client::describeDBClusters)
          .isInstanceOfSatisfying(
              RdsException.class,
              e -> {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "Credential should be scoped to a valid region, not 'eu-central-1'.");
                assertThat(e.statusCode()).isEqualTo(403);
              });
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
  void aSignatureWithoutATimeIsRefused() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      var authorization =
          "AWS4-HMAC-SHA256 Credential=%s/20300131/us-west-2/rds/aws4_request, SignedHeaders=host, Signature=%s"
              .formatted(KEY.id(), "0".repeat(64));
      assertThat(
              post(
                  engine.engine.endpoint(),
                  "Action=DescribeDBClusters",
                  "Authorization",
                  authorization))
          .contains("<Code>IncompleteSignature</Code>", "X-Amz-Date is missing");
    }
  }

  @Test
  void aHugeRequestIsRefused() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      assertThat(post(engine.engine.endpoint(), "A=" + "x".repeat(2_000_000)))
          .contains("<Code>RequestEntityTooLarge</Code>");
    }
  }

  @Test
  void aSessionSignsUntilItEnds() throws Exception {
    var clock = new TurnableClock(Instant.now());
    try (var engine = TestEngine.start(memory, new FakeDatabaseHost(), clock);
        var sts = sts(engine, AwsBasicCredentials.create(KEY.id(), KEY.secret()))) {
      var role = "arn:aws:iam::000000000000:role/dev";
      var keys = sts.assumeRole(r -> r.roleArn(role).roleSessionName("me")).credentials();
      var session =
          AwsSessionCredentials.create(
              keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
      try (var assumed = sts(engine, session)) {
        assertThat(assumed.getCallerIdentity().arn())
            .isEqualTo("arn:aws:sts::000000000000:assumed-role/dev/me");
        // The client's own clock stands: its signature grows old before the session does.
        clock.turn(
            Duration.ofSeconds(
                keys.expiration().getEpochSecond() - clock.instant().getEpochSecond()));
        assertThatThrownBy(assumed::getCallerIdentity)
            .isInstanceOfSatisfying(
                StsException.class,
                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken"));
      }
    }
  }

  @Test
  void aForgedSessionIsRefused() throws Exception {
    var forged = AwsSessionCredentials.create("LSIAFORGEDFORGEDFORG", "x".repeat(40), "Zm9yZ2Vk");
    try (var engine = TestEngine.start(memory);
        var sts = sts(engine, forged)) {
      assertThatThrownBy(sts::getCallerIdentity)
          .isInstanceOfSatisfying(
              StsException.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidClientTokenId"));
    }
  }

  @Test
  void aPresignedRequestIsGoodForAWhile() throws Exception {
    var clock = new TurnableClock(Instant.now());
    try (var engine = TestEngine.start(memory, new FakeDatabaseHost(), clock)) {
      var address = presigned(engine.engine.endpoint());
      assertThat(get(address)).contains(":user/");
      assertThat(get(URI.create(address + "0"))).contains("<Code>SignatureDoesNotMatch</Code>");
      clock.turn(Duration.ofMinutes(2));
      assertThat(get(address)).contains("Signature expired");
    }
  }

  /// As botocore presigns actions that are sent by POST.
  @Test
  void aPresignedPostCarriesItsParametersInItsAddress() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      var address = presigned(SdkHttpMethod.POST, engine.engine.endpoint());
      assertThat(post(address, "")).contains(":user/");
      assertThat(post(URI.create(address + "0"), ""))
          .contains("<Code>SignatureDoesNotMatch</Code>");
      assertThat(post(address, "Action=GetSessionToken"))
          .contains("<Code>SignatureDoesNotMatch</Code>");
    }
  }

  private static URI presigned(URI endpoint) {
    return presigned(SdkHttpMethod.GET, endpoint);
  }

  private static URI presigned(SdkHttpMethod method, URI endpoint) {
    var request =
        SdkHttpRequest.builder()
            .method(method)
            .uri(endpoint)
            .putRawQueryParameter("Action", "GetCallerIdentity")
            .putRawQueryParameter("Version", "2011-06-15")
            .build();
    return AwsV4HttpSigner.create()
        .sign(signing ->
            signing
                .identity(AwsCredentialsIdentity.create(KEY.id(), KEY.secret()))
                .request(request)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "us-west-2")
                .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, Duration.ofMinutes(1)))
        .request()
        .getUri();
  }

  /// An answer to HEAD tells of a body, and has none.
  @Test
  void aHeadIsAnsweredLikeAGetWithoutTheBody() throws Exception {
    try (var engine = TestEngine.start(memory);
        var client = HttpClient.newHttpClient()) {
      var endpoint = engine.engine.endpoint();
      var head = HttpRequest.newBuilder(endpoint).HEAD().build();
      for (var attempt = 0; attempt < 2; attempt++) {
        var answer = client.send(head, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValueAsLong("content-length"))
            .hasValue(get(endpoint).length());
        assertThat(answer.body()).isEmpty();
      }
    }
  }

  private static String get(URI address) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }

  private static StsClient sts(TestEngine engine, AwsCredentials credentials) {
    return StsClient.builder()
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private static String post(URI endpoint, String form, String... headers) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.ofString(form));
      if (headers.length > 0) {
        request.headers(headers);
      }
      return client.send(request.build(), BodyHandlers.ofString()).body();
    }
  }
}
