package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Asks a server whether it takes logins yet: it greets everybody who connects, after its recovery
/// and not before (MariaDB's client/server protocol, "Initial handshake packet").
final class Readiness {
  private static final int HEADER = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofNanos(200_000);

  private Readiness() {}

  static boolean reached(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.configureBlocking(false);
      return greeted(channel);
    } catch (IOException e) {
      // No socket yet, or nobody behind it: the server is not that far.
      return false;
    }
  }

  private static boolean greeted(SocketChannel channel) throws IOException {
    var greeting = ByteBuffer.allocate(HEADER + 1);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (greeting.hasRemaining()) {
      var read = channel.read(greeting);
      if (read < 0 || System.nanoTime() > deadline) {
        return false;
      }
      if (read == 0) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return true;
  }
}
