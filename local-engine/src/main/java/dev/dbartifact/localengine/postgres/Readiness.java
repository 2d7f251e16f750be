package dev.dbartifact.localengine.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Asks a server, in its own protocol, whether it takes logins yet. One question takes a fraction
/// of a millisecond.
final class Readiness {
  private static final int PROTOCOL_3_0 = 196608;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofNanos(200_000);

  private Readiness() {}

  /// Whether the server at this socket has ended its recovery: it greets, or refuses for another
  /// reason than starting up or shutting down (SQLSTATE 57P03).
  static boolean reached(Path socket) {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(startupMessage());
      channel.configureBlocking(false);
      return answered(channel);
    } catch (IOException e) {
      // No socket yet, or nobody behind it: the server is not that far.
      return false;
    }
  }

  private static boolean answered(SocketChannel channel) throws IOException {
    var answer = ByteBuffer.allocate(4096);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (answer.position() == 0 || incompleteRefusal(answer)) {
      var read = channel.read(answer);
      if (read < 0 || System.nanoTime() > deadline) {
        return false;
      }
      if (read == 0) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return !startingUp(answer);
  }

  private static boolean incompleteRefusal(ByteBuffer answer) {
    var refusal = answer.get(0) == 'E';
    return refusal
        && answer.hasRemaining()
        && (answer.position() < 5 || answer.position() < 1 + answer.getInt(1));
  }

  private static boolean startingUp(ByteBuffer answer) {
    var text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    return text.charAt(0) == 'E' && text.contains("C57P03\0");
  }

  private static ByteBuffer startupMessage() throws IOException {
    var parameters =
        "user\0%s\0database\0%s\0\0".formatted(ServerSettings.SUPERUSER, Foundation.DATABASE);
    var bytes = new ByteArrayOutputStream();
    var message = new DataOutputStream(bytes);
    message.writeInt(8 + parameters.length());
    message.writeInt(PROTOCOL_3_0);
    message.writeBytes(parameters);
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
