package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /// As MariaDB's log is at a start, when it has become long.
  @Test
  void aFileThatIsPutAwayIsNotRepeated() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var log = Files.writeString(folder.resolve("mariadb.log"), "one\n");
    var before = Files.writeString(folder.resolve("mariadb-before.log"), "long ago\n");
    Files.setLastModifiedTime(before, FileTime.fromMillis(1000));
    var logs = ServerLogs.of(data, "cluster-x");
    assertThat(said(logs)).isEqualTo("long ago\none\n");

    Files.writeString(log, "two\n", StandardOpenOption.APPEND);
    Files.move(log, before, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(before, FileTime.fromMillis(2000));
    Files.writeString(log, "new\n");

    assertThat(said(logs)).isEqualTo("two\nnew\n");
    assertThat(said(logs)).isEmpty();
  }

  @Test
  void norIsOneThatIsPutAwayAsItIsAboutToBeRead() throws Exception {
    var log = Files.writeString(data.resolve("mariadb.log"), "long ago, and long\n");
    var before = data.resolve("mariadb-before.log");
    var puttingAway = new AtomicBoolean();
    var logs =
        ServerLogs.in(
            data,
            file -> {
              if (puttingAway.getAndSet(false)) {
                Files.move(log, before);
                Files.writeString(log, "new\n");
              }
              return ServerLogs.open(file);
            });
    assertThat(said(logs)).isEqualTo("long ago, and long\n");
    Files.writeString(log, "late\n", StandardOpenOption.APPEND);
    Files.setLastModifiedTime(log, FileTime.fromMillis(1000));

    puttingAway.set(true);

    assertThat(said(logs) + said(logs)).isEqualTo("late\nnew\n");
  }

  @Test
  void aFileIsAddedWithItsTime_andLastsForAWeek() throws Exception {
    Files.createDirectories(data.resolve("log/cluster-x"));
    var logs = ServerLogs.of(data, "cluster-x");
    var then = Instant.parse("2030-01-01T00:00:00Z");
    logs.add("pg_upgrade_internal.log", "one\n", then);
    var first = data.resolve("log/cluster-x/pg_upgrade_internal.log." + then.toEpochMilli());
    assertThat(first).hasContent("one\n");
    assertThat(Files.getPosixFilePermissions(first)).hasSize(2);
    Files.setLastModifiedTime(first, FileTime.from(then));
    assertThatThrownBy(() -> logs.add("pg_upgrade_internal.log", "two\n", then))
        .hasMessageContaining(first.toString());

    logs.add("pg_upgrade_precheck.log", "no\n", then.plusSeconds(8 * 86_400));
    assertThat(first).exists();
    logs.add("pg_upgrade_internal.log", "two\n", then.plusSeconds(8 * 86_400));
    assertThat(first).doesNotExist();
  }

  @Test
  void filesAreListedAsTheyAre_andReadInParts() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var monday = Files.writeString(folder.resolve("postgres-Mon.log"), "one\ntwo\n");
    Files.setLastModifiedTime(monday, FileTime.fromMillis(2000));

    var file = only(ServerLogs.of(data, "cluster-x").list());

    assertThat(file.name()).isEqualTo("postgres-Mon.log");
    assertThat(file.size()).isEqualTo(8);
    assertThat(file.written()).isEqualTo(Instant.ofEpochMilli(2000));
    assertThat(file.read(4, 2)).asString(StandardCharsets.UTF_8).isEqualTo("tw");
    assertThat(file.read(4, 100)).asString(StandardCharsets.UTF_8).isEqualTo("two\n");
    assertThat(file.read(100, 1)).isEmpty();
  }

  @Test
  void whatIsNoFileIsNoLog() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var secret = Files.writeString(data.resolve("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("postgres-Mon.log"), secret);
    Files.createDirectory(folder.resolve("postgres-Tue.log"));
    var logs = ServerLogs.of(data, "cluster-x");

    assertThat(logs.list()).isEmpty();
    assertThat(said(logs)).isEmpty();
  }

  @Test
  void aFileThatBecameALinkIsNotFollowed() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var secret = Files.writeString(data.resolve("secret"), "secret");
    var monday = Files.writeString(folder.resolve("postgres-Mon.log"), "one\n");
    var file = only(ServerLogs.of(data, "cluster-x").list());
    Files.delete(monday);
    Files.createSymbolicLink(monday, secret);

    assertThatThrownBy(() -> file.read(0, 10)).isInstanceOf(HostException.class);
  }

  @Test
  void aFileThatHasGoneIsNotFound() throws Exception {
    var folder = Files.createDirectories(data.resolve("log/cluster-x"));
    var monday = Files.writeString(folder.resolve("postgres-Mon.log"), "one\n");
    var file = only(ServerLogs.of(data, "cluster-x").list());
    Files.delete(monday);

    assertThatThrownBy(() -> file.read(0, 10)).isInstanceOf(HostException.NotFound.class);
  }

  private static LogFile only(List<LogFile> files) {
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  private static String said(ServerLogs logs) throws Exception {
    var out = new ByteArrayOutputStream();
    logs.printNew(new PrintStream(out));
    return out.toString(StandardCharsets.UTF_8);
  }
}
