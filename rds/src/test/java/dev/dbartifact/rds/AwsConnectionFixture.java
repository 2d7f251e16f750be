package dev.dbartifact.rds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// The real SDK on canned answers.
abstract class AwsConnectionFixture {

  static final String CALLER =
      "<GetCallerIdentityResponse><GetCallerIdentityResult>"
          + "<Arn>arn:aws:iam::1:user/alice</Arn>"
          + "</GetCallerIdentityResult></GetCallerIdentityResponse>";

  /// Where requests went.
  final List<String> sent = new ArrayList<>();

  /// By whom they were signed.
  final List<String> signatures = new ArrayList<>();

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

  AwsConnection connection(int status, String body) {
    return connection(settings(), status, body);
  }

  AwsConnection connection(AwsSettings settings, int status, String body) {
    return AwsConnection.open(settings, new Transport(status, body));
  }

  static AwsSettings settings() {
    return new AwsSettings(
        Optional.empty(), Optional.of("us-east-1"), Optional.of(URI.create("http://127.0.0.1:1")));
  }

  static AwsSettings work() {
    return new AwsSettings(Optional.of("work"), Optional.empty(), Optional.empty());
  }

  static void withProfileWork(Path home) throws IOException {
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

  static void withProfileWork(Path home, String text) throws IOException {
    Path credentials = Files.createFile(home.resolve("credentials"));
    Path config = Files.writeString(home.resolve("config"), text);
    System.setProperty("aws.sharedCredentialsFile", credentials.toString());
    System.setProperty("aws.configFile", config.toString());
  }

  /// Always answers the same, or never gets an answer.
  final class Transport implements SdkHttpClient {
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
