package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections of clients that say nothing, too much, or nonsense: others are answered at once, and
/// what they took is given back.
class HostileConnectionsTest {

  private static final int MANY = 500;
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: x\r\n";

  /// An answer takes milliseconds; a machine that is busy with other tests is slower.
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// What the SDK keeps of the requests before.
  private static final int SOME = 5;

  private static final String LISTENING = "0A";

  @TempDir Path memory;
  private TestEngine engine;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory);
    engine.rds.describeDBClusters();
  }

  @AfterEach
  void stop() throws IOException {
    leave();
    engine.close();
  }

  static Stream<Arguments> targetsThatAreNoPath() {
    return Stream.of(
        Arguments.of("GET http: HTTP/1.1", 400),
        Arguments.of("GET http:// HTTP/1.1", 400),
        Arguments.of("GET http://x HTTP/1.1", 404),
        Arguments.of("OPTIONS * HTTP/1.1", 404),
        Arguments.of("GET foo HTTP/1.1", 404),
        Arguments.of("GET ?x HTTP/1.1", 404),
        Arguments.of("GET  HTTP/1.1", 404));
  }

  @ParameterizedTest
  @MethodSource
  void targetsThatAreNoPath(String line, int status) throws Exception {
    assertThat(answer(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status + " ");
    answersAtOnce();
  }

  /// URIs that have none: see docs/local-engine.md.
  @ParameterizedTest
  @ValueSource(strings = {"CONNECT x:443 HTTP/1.1", "GET urn:x HTTP/1.1"})
  void targetsWithoutAPathEndTheConnection(String line) throws Exception {
    assertThat(answer(line + "\r\nHost: x\r\n\r\n")).isEmpty();
    answersAtOnce();
  }

  static Stream<Arguments> aHeadThatIsTooLargeIsRefused() {
    return Stream.of(
        Arguments.of("one header", "X: " + "x".repeat(1 << 20) + "\r\n"),
        Arguments.of(
            "many headers",
            String.join(
                "", IntStream.range(0, 5000).mapToObj(n -> "X-%d: x\r\n".formatted(n)).toList())));
  }

  /// The rest of it is not read, so that the answer may be lost on its way.
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aHeadThatIsTooLargeIsRefused(String what, String headers) throws Exception {
    assertThat(answer(HEAD + headers + "\r\n"))
        .satisfiesAnyOf(
            answer -> assertThat(answer).startsWith("HTTP/1.1 400 "),
            answer -> assertThat(answer).isEmpty());
    answersAtOnce();
  }

  @ParameterizedTest
  @MethodSource
  void manyConnectionsKeepNobodyWaiting_andGiveEverythingBack(String what, String sent)
      throws Exception {
    for (var number = 0; number < MANY; number++) {
      connect().getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
    }
    answersAtOnce();
    TestEngine.await("them at the engine, too", () -> held() >= MANY);

    leave();

    Waiting.until("what they took", PATIENCE, () -> held() <= SOME);
    answersAtOnce();
  }

  static Stream<Arguments> manyConnectionsKeepNobodyWaiting_andGiveEverythingBack() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("half a line", "POST / HT"),
        Arguments.of("half a head", HEAD + "Content-Le"),
        Arguments.of("half a body", HEAD + "Content-Length: 100\r\n\r\nA"),
        Arguments.of("half a chunk", HEAD + "Transfer-Encoding: chunked\r\n\r\n64\r\nA"));
  }

  @Test
  void connectionsThatAreKeptAreNotKeptWithoutBound() throws Exception {
    for (var number = 0; number < MANY; number++) {
      var client = connect();
      client
          .getOutputStream()
          .write((HEAD + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }
    Waiting.until("an end of the engine's", PATIENCE, () -> held() <= MANY / 2 + SOME);
    answersAtOnce();
  }

  private void answersAtOnce() {
    var began = System.nanoTime();
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
  }

  private Socket connect() throws IOException {
    var uri = engine.engine.endpoint();
    var socket = new Socket(InetAddress.ofLiteral(uri.getHost()), uri.getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    clients.add(socket);
    return socket;
  }

  /// What comes until the engine ends the connection; nothing where that is all it does.
  private String answer(String bytes) throws IOException {
    var client = connect();
    try {
      client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException e) {
      return "";
    }
  }

  private void leave() throws IOException {
    for (var client : clients) {
      client.close();
    }
    clients.clear();
  }

  /// How many connections the engine has an end of: those of the clients are in the same process.
  /// The kernel's table of sockets has a line for each, and an inode where somebody has accepted it
  /// (proc_pid_net(5), Documentation/networking/proc_net_tcp.rst).
  private long held() {
    return Stream.of("tcp", "tcp6")
        .flatMap(table -> lines(Path.of("/proc/self/net", table)).skip(1))
        .map(line -> line.strip().split("\\s+"))
        .filter(socket -> socket[1].endsWith(":%04X".formatted(engine.engine.endpoint().getPort())))
        .filter(socket -> !socket[3].equals(LISTENING) && !socket[9].equals("0"))
        .count();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
