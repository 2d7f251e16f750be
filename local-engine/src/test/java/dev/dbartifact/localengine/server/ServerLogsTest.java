package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogsTest {

  @TempDir Path data;

  @Test
  void aServerThatNeverRanSaidNothing() throws Exception {
    assertThat(said(ServerLogs.of(data, "cluster-x"))).isEmpty();
  }

  @Test
  void theOldestComesFirst_andEachLineOnce() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var monday = Files.writeString(folder.resolve("postgres-Mon.log"), "late\n");
    var sunday = Files.writeString(folder.resolve("postgres-Sun.log"), "early\n");
    Files.setLastModifiedTime(sunday, FileTime.fromMillis(1000));
    Files.setLastModifiedTime(monday, FileTime.fromMillis(2000));
    var logs = ServerLogs.of(data, "cluster-x");

    assertThat(said(logs)).isEqualTo("early\nlate\n");
    assertThat(said(logs)).isEmpty();
    Files.writeString(monday, "later\n", StandardOpenOption.APPEND);
    assertThat(said(logs)).isEqualTo("later\n");
    Files.writeString(sunday, "anew\n");
    assertThat(said(logs)).isEqualTo("anew\n");
  }

  private static String said(ServerLogs logs) throws Exception {
    var out = new ByteArrayOutputStream();
    logs.printNew(new PrintStream(out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
