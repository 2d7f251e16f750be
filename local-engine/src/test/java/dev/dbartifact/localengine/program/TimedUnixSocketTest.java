package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TimedUnixSocketTest {
  @TempDir Path folder;
  private ServerSocketChannel server;
  private TimedUnixSocket socket;

  @BeforeEach
  void listen() throws IOException {
    var path = folder.resolve("s");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path), 1);
    socket = new TimedUnixSocket(path.toString());
  }

  @AfterEach
  void end() throws IOException {
    socket.close();
    server.close();
  }

  @Test
  void whatComesInTimeIsRead() throws Exception {
    socket.connect(null, 10_000);
    socket.setSoTimeout(10_000);
    try (var other = server.accept()) {
      other.write(ByteBuffer.wrap(new byte[] {7, 8, 9}));
      assertThat(socket.getInputStream().read()).isEqualTo(7);
      assertThat(socket.getInputStream().readNBytes(2)).containsExactly(8, 9);
    }
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void itDoesNotWaitForeverForOneThatSaysNothing() throws Exception {
    socket.connect(null, 10_000);
    socket.setSoTimeout(50);

    assertThatThrownBy(() -> socket.getInputStream().read(new byte[4]))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("50 ms");
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void oneThatIsClosedTimesNothingOut() throws Exception {
    socket.connect(null, 0);
    socket.setSoTimeout(20_000);
    socket.close();

    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  /// As at a server that stands still, and has not taken those before.
  @Test
  void norDoesItWaitForeverForOneThatTakesNobody() throws Exception {
    for (var taken = 0; taken < 2; taken++) {
      new TimedUnixSocket(folder.resolve("s").toString()).connect(null, 10_000);
    }

    assertThatThrownBy(() -> socket.connect(null, 50)).isInstanceOf(SocketTimeoutException.class);
  }
}
