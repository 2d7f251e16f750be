package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PresenceTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void itLastsUntilItIsClosed() throws Exception {
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      var presence = CompletableFuture.supplyAsync(() -> at(server));
      try (var visitor = server.accept()) {
        assertThat(visitor.getInputStream().readNBytes(8))
            .containsExactly(0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f);
        assertThat(presence).isNotDone();
        visitor.getOutputStream().write('S');
        presence.join().close();
        assertThat(visitor.getInputStream().read()).isNegative();
      }
    }
  }

  @Test
  void aServerThatDoesNotComeIsNamed() throws Exception {
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      var presence = CompletableFuture.supplyAsync(() -> at(server));
      server.accept().close();
      assertThatThrownBy(presence::join)
          .hasMessageContaining("Could not reach the server of 'dev' at ");
    }
  }

  private static Presence at(ServerSocket server) {
    try {
      return Presence.at(
          new ClusterReport(
              "dev",
              false,
              "cluster-1",
              "available",
              null,
              "127.0.0.1",
              LOOPBACK.getHostAddress(),
              server.getLocalPort(),
              "aurora-postgresql",
              "17.4",
              "PostgreSQL 17.11",
              "shop",
              null,
              List.of(),
              null,
              null,
              null));
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
