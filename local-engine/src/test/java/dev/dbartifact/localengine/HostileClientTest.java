package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.Listening;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.rds.model.DbClusterQuotaExceededException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What clients do wrong, or mean to do wrong, harms no other client.
class HostileClientTest {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\n";
  private static final String JSON = HEAD + "X-Amz-Target: secretsmanager.ListSecrets\r\n";

  @TempDir Path memory;

  static Stream<Arguments> whatIsNoRequestIsRefused() {
    return Stream.of(
        Arguments.of("\0\0\0\0\r\n\r\n", 400),
        Arguments.of("GET\r\n\r\n", 400),
        Arguments.of("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of(HEAD + "Content-Length: -5\r\n\r\n", 400),
        Arguments.of(HEAD + "Content-Length: many\r\n\r\n", 400));
  }

  @ParameterizedTest
  @MethodSource
  void whatIsNoRequestIsRefused(String bytes, int status) throws Exception {
    try (var engine = TestEngine.start(memory)) {
      assertThat(answer(engine, bytes, true)).startsWith("HTTP/1.1 " + status + " ");
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    }
  }

  static Stream<Arguments> aBodyThatIsUnusableIsRefusedInTheWordsOfTheService() {
    return Stream.of(
        Arguments.of(
            HEAD + "Transfer-Encoding: chunked\r\n\r\nZZZ\r\n", 400, "MalformedQueryString"),
        Arguments.of(HEAD + "Content-Length: 100\r\n\r\nAct", 400, "MalformedQueryString"),
        Arguments.of(
            HEAD + "Content-Length: 999999999999\r\n\r\nAction=", 413, "RequestEntityTooLarge"),
        Arguments.of(HEAD + "Content-Length: 1048577\r\n\r\nAction=", 413, "RequestEntityTooLarge"),
        Arguments.of(HEAD + "Content-Length: 7\r\n\r\nAction=", 403, "MissingAuthenticationToken"));
  }

  @ParameterizedTest
  @MethodSource
  void aBodyThatIsUnusableIsRefusedInTheWordsOfTheService(String bytes, int status, String code)
      throws Exception {
    try (var engine = TestEngine.start(memory)) {
      assertThat(answer(engine, bytes, true))
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("<Code>" + code + "</Code>")
          .doesNotContain("\tat ");
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhileItIsSent() throws Exception {
    try (var engine = TestEngine.start(memory)) {
      var chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
      var sent = HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n";
      assertThat(answer(engine, sent, false))
          .startsWith("HTTP/1.1 413 ")
          .contains("<Code>RequestEntityTooLarge</Code>");
    }
  }

  @Test
  void aBodyThatDoesNotComeIsAnsweredAndTheConnectionClosed() throws Exception {
    try (var engine = TestEngine.start(impatient())) {
      var began = System.nanoTime();
      assertThat(answer(engine, HEAD + "Content-Length: 100\r\n\r\nAct", false))
          .startsWith("HTTP/1.1 408 ")
          .contains("Connection: close")
          .contains("<Code>RequestTimeout</Code>");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(SHORT);
      assertThat(answer(engine, JSON + "Content-Length: 100\r\n\r\n{", false))
          .startsWith("HTTP/1.1 408 ")
          .contains("\"__type\":\"RequestTimeout\"");
      assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    }
  }

  /// The cases without an answer: see docs/local-engine.md.
  @Test
  void aHeadThatDoesNotComeOrNamesNoPathEndsTheConnection() throws Exception {
    try (var engine = TestEngine.start(impatient())) {
      assertThat(answer(engine, "POST / HT", false)).isEmpty();
      assertThat(answer(engine, HEAD + "Content-Le", false)).isEmpty();
      assertThat(answer(engine, "GET mailto:x HTTP/1.1\r\nHost: x\r\n\r\n", false)).isEmpty();
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
    var options = TestEngine.options(memory, 2);
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

  private LocalEngine.Options impatient() {
    var options = TestEngine.options(memory, 40);
    var reach = options.reach();
    return options.at(
        new Reach(
            new Listening(InetAddress.ofLiteral("127.0.0.1"), 0, SHORT, SHORT),
            reach.clusters(),
            reach.named()));
  }

  /// All that comes until the engine closes the connection, which it has to.
  ///
  /// @param ends whether the client says that it sends no more
  private static String answer(TestEngine engine, String bytes, boolean ends) throws IOException {
    try (var client = connect(engine)) {
      client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      if (ends) {
        client.shutdownOutput();
      }
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket connect(TestEngine engine) throws IOException {
    URI uri = engine.engine.endpoint();
    var socket = new Socket(InetAddress.ofLiteral(uri.getHost()), uri.getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }
}
