package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedRequest;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A disk without inodes, on which services are used for the first time.
class NoInodesIT {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("http.UnexpectedFailure");

  private static final String SUBNETS = "Action=DescribeSubnets&Version=2016-11-15";
  private static final String GROUP =
      "Action=CreateSecurityGroup&Version=2016-11-15&GroupName=web&GroupDescription=x";
  private static final String SECRET =
      "{\"Name\":\"a\",\"SecretString\":\"b\",\"ClientRequestToken\":\"0123456789abcdef0123456789abcdef\"}";
  private static final String ZONE =
      "<CreateHostedZoneRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\">"
          + "<Name>example.com</Name><CallerReference>1</CallerReference></CreateHostedZoneRequest>";

  @TempDir Path temporary;

  private final HttpClient client = HttpClient.newHttpClient();
  private TestEngine engine;

  @Test
  void whatReadsGoesOnAndWhatWritesIsAFaultOfTheService() throws Exception {
    try (var disk = LoopMount.ext4(temporary, 8L << 20, List.of("-N", "128"))) {
      engine = TestEngine.start(Files.createDirectory(disk.path().resolve("memory")));
      try (var _ = engine) {
        var fillers = fill(disk.path());
        assertThat(ec2(SUBNETS).statusCode()).isEqualTo(200);
        assertThat(secrets("ListSecrets", "{}").statusCode()).isEqualTo(200);
        assertThat(route53("GET", "").statusCode()).isEqualTo(200);
        refused(ec2(GROUP), "<Code>InternalError</Code>");
        refused(secrets("CreateSecret", SECRET), "\"__type\":\"InternalServiceError\"");
        refused(route53("POST", ZONE), "<Code>InternalFailure</Code>");

        for (var filler : fillers) {
          Files.delete(filler);
        }
        assertThat(ec2(GROUP).statusCode()).isEqualTo(200);
        assertThat(secrets("CreateSecret", SECRET).statusCode()).isEqualTo(200);
        assertThat(route53("POST", ZONE).statusCode()).isEqualTo(201);
      }
    } finally {
      client.close();
    }
  }

  /// Takes all inodes.
  private static List<Path> fill(Path disk) {
    var fillers = new ArrayList<Path>();
    try {
      for (var number = 0; number < 10_000; number++) {
        fillers.add(Files.createFile(disk.resolve("filler-" + number)));
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
      return fillers;
    }
    throw new AssertionError("The disk has more inodes than it was made with");
  }

  private static void refused(HttpResponse<String> answer, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    assertThat(answer.body()).contains(code, "No space left on device");
  }

  private HttpResponse<String> ec2(String form) throws Exception {
    return send(SignedRequest.of("POST", engine.engine.endpoint(), form, "ec2", TestEngine.KEY));
  }

  private HttpResponse<String> route53(String method, String body) throws Exception {
    var uri = engine.engine.endpoint().resolve("/2013-04-01/hostedzone");
    return send(SignedRequest.of(method, uri, body, "route53", TestEngine.KEY));
  }

  private HttpResponse<String> secrets(String action, String body) throws Exception {
    var signed =
        SignedRequest.of("POST", engine.engine.endpoint(), body, "secretsmanager", TestEngine.KEY);
    return send(
        HttpRequest.newBuilder(signed, (_, _) -> true)
            .header("X-Amz-Target", "secretsmanager." + action)
            .build());
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
