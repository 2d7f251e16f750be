package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
  @TempDir Path directory;

  @Test
  void noSocketIsNotReady() {
    assertThat(Readiness.reached(directory.resolve("s"))).isFalse();
  }

  @Test
  void aGreetingIsReady() throws IOException {
    assertThat(answerTo("R\0\0\0\10\0\0\0\0")).isTrue();
  }

  @Test
  void startingUpIsNotReady() throws IOException {
    assertThat(answerTo(refusal("57P03"))).isFalse();
  }

  @Test
  void fullIsReady() throws IOException {
    assertThat(answerTo(refusal("53300"))).isTrue();
  }

  @Test
  void hangingUpIsNotReady() throws IOException {
    assertThat(answerTo("")).isFalse();
  }

  private static String refusal(String state) {
    var fields = "SFATAL\0VFATAL\0C" + state + "\0Mno\0\0";
    return "E\0\0\0" + (char) (fields.length() + 4) + fields;
  }

  private boolean answerTo(String answer) throws IOException {
    var address = UnixDomainSocketAddress.of(directory.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      var answering = CompletableFuture.runAsync(() -> answer(server, answer));
      var reached = Readiness.reached(address.getPath());
      answering.join();
      return reached;
    }
  }

  private static void answer(ServerSocketChannel server, String answer) {
    try (var client = server.accept()) {
      client.read(ByteBuffer.allocate(1024));
      client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
