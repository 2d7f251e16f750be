package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DbClusterQuotaExceededException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What clients do wrong, or mean to do wrong, harms no other client.
class HostileClientTest {

  @TempDir Path memory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\0\0\0\r\n\r\n",
        "GET\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\nAction=",
        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void malformedRequestsAreRefused(String bytes) throws Exception {
    try (var engine = TestEngine.start(memory)) {
      try (var client = connect(engine)) {
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        client.shutdownOutput();
        var answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 4\\d\\d .*"))
            .as(answer)
            .isTrue();
        assertThat(answer).doesNotContain("\tat ");
      } catch (IOException e) {
        // Cut off: an answer, too.
      }
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    }
  }

  @Test
  void slowClientsKeepNobodyWaiting() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      var slow = new ArrayList<Socket>();
      try {
        for (var number = 0; number < 300; number++) {
          var client = connect(engine);
          slow.add(client);
          var begun =
              number % 2 == 0
                  ? "POST / HT"
                  : "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nA";
          client.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        }
        engine.cluster("shop");
        assertThat(engine.rds.describeDBClusters().dbClusters()).hasSize(1);
      } finally {
        for (var client : slow) {
          client.close();
        }
      }
    }
  }

  @Test
  void aPortThatIsTakenEverywhereIsAFault() throws Exception {
    try (var engine = TestEngine.start(memory);
        var everywhere = new ServerSocket(0)) {
      assertThatThrownBy(() ->
              engine.rds.createDBCluster(request ->
                  request
                      .dbClusterIdentifier("shop")
                      .engine("aurora-postgresql")
                      .masterUsername("shop")
                      .masterUserPassword(TestEngine.PASSWORD)
                      .port(everywhere.getLocalPort())))
          .isInstanceOf(RdsException.class)
          .hasMessageContaining("Port " + everywhere.getLocalPort() + " cannot be listened on");
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
      assertThat(engine.host.volumes).isEmpty();
    }
  }

  @Test
  void noMoreClustersThanThereMayBe() throws Exception {
    var options =
        new LocalEngine.Options(
            memory,
            0,
            new dev.dbartifact.localengine.rds.request.Home("us-west-2", "000000000000"),
            TestEngine.KEY,
            Clock.systemUTC(),
            "memory",
            dev.dbartifact.localengine.pace.Pace.INSTANT,
            dev.dbartifact.localengine.misbehaviour.Rules.NONE,
            2);
    try (var engine = TestEngine.start(options)) {
      engine.cluster("prod");
      engine.restore("dev", "prod");
      for (var refused :
          List.<Runnable>of(() -> engine.create("third"), () -> engine.restore("third", "prod"))) {
        assertThatThrownBy(refused::run)
            .isInstanceOfSatisfying(
                DbClusterQuotaExceededException.class,
                e -> {
                  assertThat(e.awsErrorDetails().errorCode())
                      .isEqualTo("DBClusterQuotaExceededFault");
                  assertThat(e.statusCode()).isEqualTo(403);
                });
      }
      assertThat(engine.host.volumes).hasSizeLessThanOrEqualTo(2);
      assertThat(engine.rds.describeAccountAttributes().accountQuotas())
          .anySatisfy(quota -> {
            assertThat(quota.accountQuotaName()).isEqualTo("DBClusters");
            assertThat(quota.max()).isEqualTo(2);
          });
    }
  }

  private static Socket connect(TestEngine engine) throws IOException {
    URI uri = engine.engine.endpoint();
    var socket = new Socket(InetAddress.ofLiteral(uri.getHost()), uri.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }
}
