package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.ServerLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

  @TempDir Path root;

  /// As `logs --follow prod | head -1` has it.
  @Test
  @Timeout(10)
  void itEndsWhenItsReaderHasGone() throws Exception {
    var logs = ServerLogs.of(root, "prod");
    var read = new OneLine();
    var log = Files.createDirectories(root.resolve("log/prod")).resolve("server.log");
    Files.writeString(log, "one\n");
    logs.printNew(new PrintStream(read, true, StandardCharsets.UTF_8));
    Files.writeString(log, "one\ntwo\n");

    LogsCommand.follow(logs, new PrintStream(read, true, StandardCharsets.UTF_8));

    assertThat(read.text.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
  }

  /// A pipe whose reader goes when it has a line.
  private static final class OneLine extends OutputStream {

    final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Override
    public void write(int one) throws IOException {
      if (text.toString(StandardCharsets.UTF_8).endsWith("\n")) {
        throw new IOException("Broken pipe");
      }
      text.write(one);
    }
  }
}
