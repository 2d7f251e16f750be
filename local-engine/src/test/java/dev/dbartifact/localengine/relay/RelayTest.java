package dev.dbartifact.localengine.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RelayTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MILLIS = (int) Waiting.PATIENCE.toMillis();

  @Test
  void theFirstTargetThatAnswersTakesTheConnection() throws Exception {
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      var nobody = new InetSocketAddress(LOOPBACK, freePort());
      answer(server, "hello");
      assertThat(heard(() -> List.of(nobody, address(server)))).containsExactly("hello");
    }
  }

  @Test
  void whereThereIsNoneTheConnectionEnds() throws Exception {
    assertThat(heard(List::of)).containsExactly("");
  }

  @Test
  void whoCannotBeAskedLeavesNobodyWaiting() throws Exception {
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      answer(server, "hello");
      Queue<Supplier<List<InetSocketAddress>>> answers =
          new ArrayDeque<>(List.of(RelayTest::unknown, () -> List.of(address(server))));
      assertThat(heard(() -> answers.remove().get(), 2)).containsExactly("", "hello");
    }
  }

  @Test
  void theEndOfAConnectionIsToldOnce() throws Exception {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    var ended = new LinkedBlockingQueue<String>();
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      Supplier<Way> way = () -> new Way(List.of(address(server)), () -> ended.add("over"));
      try (var _ = Relay.open(door, way);
          var client = new Socket(door.getAddress(), door.getPort());
          var served = server.accept()) {
        client.getOutputStream().write(7);
        assertThat(served.getInputStream().read()).isEqualTo(7);
        assertThat(ended).isEmpty();
        client.shutdownOutput();
        served.shutdownOutput();
        assertThat(ended.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("over");
      }
    }
    assertThat(ended).isEmpty();
  }

  /// A pool does not look at its connections; the server has none of them any more.
  @Test
  void theEndOfTheServersSideIsThatOfTheConnection() throws Exception {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    var ended = new LinkedBlockingQueue<String>();
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      Supplier<Way> way = () -> new Way(List.of(address(server)), () -> ended.add("over"));
      try (var _ = Relay.open(door, way);
          var client = new Socket(door.getAddress(), door.getPort())) {
        try (var served = server.accept()) {
          served.getOutputStream().write("terminating".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(ended.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("over");
        client.setSoTimeout(PATIENCE_MILLIS);
        assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("terminating");
      }
    }
  }

  @Test
  void whatTheServerStillHasToSayIsHeardByAClientThatHasSaidAll() throws Exception {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    try (var server = new ServerSocket(0, 1, LOOPBACK);
        var _ = Relay.open(door, () -> Way.to(List.of(address(server))));
        var client = new Socket(door.getAddress(), door.getPort())) {
      client.shutdownOutput();
      try (var served = server.accept()) {
        assertThat(served.getInputStream().read()).isEqualTo(-1);
        served.getOutputStream().write("answer".getBytes(StandardCharsets.UTF_8));
      }
      client.setSoTimeout(PATIENCE_MILLIS);
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
    }
  }

  /// Of a machine that goes away nothing more is heard, not even its end.
  @Test
  void bothSidesAreAskedWhetherTheyAreThere() throws Exception {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    try (var server = new ServerSocket(0, 1, LOOPBACK);
        var _ = Relay.open(door, () -> Way.to(List.of(address(server))));
        var client = new Socket(door.getAddress(), door.getPort());
        var served = server.accept()) {
      client.getOutputStream().write(7);
      assertThat(served.getInputStream().read()).isEqualTo(7);

      Waiting.until(
          "the timers of both",
          Duration.ofMillis(PATIENCE_MILLIS),
          () ->
              hasKeepAliveTimer(door.getPort(), client.getLocalPort())
                  && hasKeepAliveTimer(served.getPort(), server.getLocalPort()));
    }
  }

  /// As the kernel lists it: see proc_net_tcp in its documentation. The timer of one that waits for
  /// a confirmation is another.
  private static boolean hasKeepAliveTimer(int local, int remote) throws IOException {
    var connection =
        Pattern.compile(".*:%04X [0-9A-F]+:%04X 01 \\S+ 02:.*".formatted(local, remote));
    var lines = new ArrayList<String>();
    for (var table : List.of("tcp", "tcp6")) {
      lines.addAll(Files.readAllLines(Path.of("/proc/net").resolve(table)));
    }
    return lines.stream().anyMatch(line -> connection.matcher(line).matches());
  }

  @Test
  void whoFindsNobodyHasGoneToo() throws Exception {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    var ended = new LinkedBlockingQueue<String>();
    try (var _ = Relay.open(door, () -> new Way(List.of(), () -> ended.add("over")));
        var _ = new Socket(door.getAddress(), door.getPort())) {
      assertThat(ended.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo("over");
    }
  }

  /// The system still takes connections for one that somebody waits at.
  @Test
  void nobodyCanConnectAnyMoreOnceItIsClosed() throws Exception {
    for (var time = 0; time < 200; time++) {
      var door = new InetSocketAddress(LOOPBACK, freePort());
      Relay.open(door, () -> Way.to(List.of())).close();
      assertThatThrownBy(() -> new Socket(door.getAddress(), door.getPort()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  private static List<InetSocketAddress> unknown() {
    throw new IllegalStateException("nobody knows");
  }

  private static List<String> heard(Supplier<List<InetSocketAddress>> targets) throws IOException {
    return heard(targets, 1);
  }

  /// What a relay says to some connections, one after the other.
  private static List<String> heard(Supplier<List<InetSocketAddress>> targets, int times)
      throws IOException {
    var door = new InetSocketAddress(LOOPBACK, freePort());
    var heard = new ArrayList<String>();
    try (var _ = Relay.open(door, () -> Way.to(targets.get()))) {
      for (var time = 0; time < times; time++) {
        try (var socket = new Socket(door.getAddress(), door.getPort())) {
          socket.setSoTimeout(PATIENCE_MILLIS);
          heard.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return heard;
  }

  private static void answer(ServerSocket server, String words) {
    Thread.startVirtualThread(() -> {
      try (var client = server.accept()) {
        client.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    });
  }

  private static InetSocketAddress address(ServerSocket server) {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }
}
