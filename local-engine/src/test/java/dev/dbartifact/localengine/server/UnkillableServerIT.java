package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.postgres.UnixSocketFactory;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Real servers that not even SIGKILL ends: one of their processes or threads writes to a file
/// system that is frozen.
@Tag("long")
class UnkillableServerIT extends HostFixture {
  @RegisterExtension
  static final QuietLog QUIET =
      QuietLog.of("postgres.ServerProcess", "mariadb.MariaDbProcess", "server.RunningServers");

  /// What ends no server takes for all that it tries, with much to spare.
  private static final Duration BOUND = Duration.ofSeconds(60);

  private LoopMount disk;
  private boolean frozen;

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  @BeforeEach
  void aDiskToWaitFor(@TempDir Path temporary) throws IOException {
    LoopMount.require("fsfreeze", "util-linux");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    disk = LoopMount.ext4(temporary, 16 << 20, List.of());
    Files.setPosixFilePermissions(disk.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void thaw() throws Exception {
    if (frozen) {
      freeze(false);
    }
    discardAll();
    if (disk != null) {
      disk.close();
    }
  }

  @Test
  void aSessionOfPostgresThatTheDiskHoldsKeepsTheVolume() throws Exception {
    create(SOURCE);
    started(SOURCE);
    create(CLONE);
    var other = started(CLONE);
    freeze(true);
    var session = write();
    await("a session that waits", () -> isHeld(session));

    refuses(Long.toString(session), () -> host.discard(SOURCE));

    assertThat(host.stored()).contains(SOURCE);
    assertThat(volume(SOURCE).resolve("pgdata/PG_VERSION")).exists();
    assertThat(other.value("SELECT 1")).isEqualTo("1");
    refuses(Long.toString(session), () -> host.start(SOURCE, freeAddress()));
    refuses(Long.toString(session), () -> host.discard(SOURCE));

    freeze(false);
    host.discard(SOURCE);
    assertThat(host.stored()).doesNotContain(SOURCE);
    assertThat(hasEnded(session)).isTrue();
  }

  /// Starts to write to the disk, as superuser.
  ///
  /// @return the process that does
  private long write() throws Exception {
    var connection = superuser();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      var session = rows.getLong(1);
      Thread.startVirtualThread(
          () -> executeUntilTheEnd(connection, "COPY (SELECT 1) TO '%s'".formatted(file())));
      return session;
    }
  }

  private Path file() {
    return disk.path().resolve("rows");
  }

  private Connection superuser() throws Exception {
    var lines = Files.readAllLines(volume(SOURCE).resolve("pgdata/postmaster.pid"));
    var properties = new Properties();
    properties.setProperty("user", "rdsadmin");
    properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", lines.get(4) + "/.s.PGSQL." + lines.get(3));
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    return new org.postgresql.Driver().connect("jdbc:postgresql://socket/rdsadmin", properties);
  }

  /// The threads of a process that was killed end, but for the one that waits.
  @Test
  void aThreadOfMariaDbThatTheDiskHoldsKeepsTheVolume() throws Exception {
    Prerequisites.require(
        !host.installedVersions(ServerKind.MARIADB).isEmpty(),
        "There is no MariaDB of the package mariadb-server-core.");
    var version = host.installedVersions(ServerKind.MARIADB).getFirst();
    host.create(
        SOURCE,
        new NewDatabase(
            ServerKind.MARIADB, version, "admin", new Secret(PASSWORD), Optional.of("shop")));
    var listen = freeAddress();
    host.start(SOURCE, listen);
    create(CLONE);
    var other = started(CLONE);
    var server = ServerDirectories.at(dataDirectory.toRealPath()).mariaDb("source", Path.of("/"));
    var pid = Files.readString(server.files().socketFolder().resolve("pid")).strip();
    var temporary = server.files().settings().resolve("tmp");
    Program.run("mount", "--bind", disk.path().toString(), temporary.toString());
    try {
      freeze(true);
      var session = new Sql(ServerKind.MARIADB, listen, "admin", PASSWORD, "shop").connect();
      Thread.startVirtualThread(() ->
          executeUntilTheEnd(session, "CREATE TEMPORARY TABLE waiting (id int) ENGINE = MyISAM"));
      await("a thread that waits", () -> hasHeldThread(Long.parseLong(pid)));

      refuses(pid, () -> host.discard(SOURCE));

      assertThat(host.stored()).contains(SOURCE);
      assertThat(host.running(SOURCE)).as("what is left of it").isTrue();
      assertThat(other.value("SELECT 1")).isEqualTo("1");
      refuses(pid, () -> host.discard(SOURCE));

      freeze(false);
      await("its end", () -> !host.running(SOURCE));
    } finally {
      freeze(false);
      await("its end", () -> !host.running(SOURCE));
      Program.run("umount", temporary.toString());
    }
    host.discard(SOURCE);
    assertThat(host.stored()).doesNotContain(SOURCE);
  }

  /// Whatever else is asked of its volume waits for the look.
  @Test
  void aLookAtAServerThatStandsStillEnds() throws Exception {
    create(SOURCE);
    started(SOURCE).execute("CREATE TABLE item (id int)");
    var pid = Files.readAllLines(volume(SOURCE).resolve("pgdata/postmaster.pid")).getFirst();
    Program.run("kill", "-s", "STOP", pid);
    var began = System.nanoTime();

    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> host.history().keep(SOURCE, Instant.EPOCH, true))
        .withMessageContaining("Could not log in to the database server");

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
    host.discard(SOURCE);
    assertThat(hasEnded(Long.parseLong(pid))).isTrue();
  }

  private static void refuses(String pid, ThrowingCallable asked) {
    var began = System.nanoTime();
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(asked)
        .withMessageContaining("does not end, not even by SIGKILL")
        .withMessageContaining("process " + pid)
        .withMessageContaining("Look at it with 'ps ");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND);
  }

  private static void executeUntilTheEnd(Connection connection, String sql) {
    try (connection;
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      // Its server was killed meanwhile.
    }
  }

  private void freeze(boolean wanted) throws IOException {
    if (wanted != frozen) {
      Program.run("fsfreeze", wanted ? "--freeze" : "--unfreeze", disk.path().toString());
      frozen = wanted;
    }
  }

  private static boolean hasHeldThread(long pid) {
    try (var threads = Files.newDirectoryStream(Path.of("/proc/%d/task".formatted(pid)))) {
      for (var thread : threads) {
        if (isHeld(thread)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /// Also where nobody has reaped it.
  private static boolean hasEnded(long pid) throws IOException {
    return LivingProcess.of(pid).filter(each -> !each.hasEnded()).isEmpty();
  }

  private static boolean isHeld(long pid) {
    return isHeld(Path.of("/proc", Long.toString(pid)));
  }

  /// In uninterruptible sleep.
  private static boolean isHeld(Path folder) {
    try {
      var stat = Files.readString(folder.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'D';
    } catch (IOException e) {
      return false;
    }
  }
}
