package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.localengine.volume.PoolSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A pool in a disk that fills up: its file system gives up, and is mounted again when there is
/// room.
@Tag("long")
class BrokenPoolIT {
  private static final StorageId SOURCE = new StorageId("source");
  private static final String PASSWORD = "s3cretpass";
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("server.RunningServers");

  @TempDir Path temporary;
  private LoopMount disk;
  private PostgresHost host;
  private Listen listen;
  private Sql shop;

  @BeforeEach
  void aServerInAPoolThatIsLargerThanItsDisk() throws Exception {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    disk = LoopMount.ext4(temporary, 900L << 20, List.of());
    var directory = Files.createDirectory(disk.path().resolve("data"));
    UnpackedPostgres.into(directory);
    host = PostgresHost.open(directory, new PostgresHost.Options(PoolSize.of(2L << 30)));
    var version = host.installedVersions().getFirst();
    host.create(
        SOURCE, new NewDatabase(version, "admin", new Secret(PASSWORD), Optional.of("shop")));
    listen = HostFixture.freeAddress();
    host.start(SOURCE, listen);
    shop = new Sql(listen, "admin", PASSWORD, "shop");
    shop.execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
  }

  @AfterEach
  void remove() throws IOException {
    if (host != null) {
      host.close();
      LoopMount.awaitRelease(disk.path());
    }
    if (disk != null) {
      disk.close();
      LoopMount.awaitRelease(temporary);
    }
  }

  @Test
  void aPoolThatAFullDiskBrokeIsMountedAgainWhenThereIsRoom() throws Exception {
    var filler = fillDisk();
    HostFixture.await("the pool to give up", PATIENCE, this::isBrokenByWriting);

    assertThatExceptionOfType(HostException.OutOfSpace.class)
        .isThrownBy(() -> host.start(SOURCE, listen))
        .withMessageContaining("mend the storage, which a full disk has broken");

    Files.delete(filler);
    host.start(SOURCE, listen);

    assertThat(isBroken()).isFalse();
    assertThat(shop.value("SELECT count(*) FROM item WHERE id = 1")).isEqualTo("1");
    shop.execute("INSERT INTO item VALUES (2)", "CHECKPOINT");
  }

  /// A process that a killed server left, and that does not end by itself, holds the pool.
  @Test
  void whatServersLeaveBehindIsEndedFirst() throws Exception {
    try (var connection = shop.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
      rows.next();
      var session = ProcessHandle.of(rows.getLong(1)).orElseThrow();
      var server = session.parent().orElseThrow();
      Program.run("kill", "-s", "STOP", Long.toString(session.pid()));
      server.destroyForcibly();
      server.onExit().get(10, TimeUnit.SECONDS);
      assertThat(session.isAlive()).isTrue();
      var filler = fillDisk();
      HostFixture.await("the pool to give up", PATIENCE, this::isBrokenByAFile);
      Files.delete(filler);

      host.start(SOURCE, listen);

      assertThat(isBroken()).isFalse();
      session.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(shop.value("SELECT count(*) FROM item")).isEqualTo("1");
  }

  private Path fillDisk() throws IOException {
    var filler = disk.path().resolve("filler");
    try {
      write(filler);
    } catch (ProgramFailedException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
    return filler;
  }

  private boolean isBrokenByWriting() throws IOException {
    try {
      shop.execute("INSERT INTO item SELECT 7 FROM generate_series(1, 100000)", "CHECKPOINT");
    } catch (SQLException e) {
      // That is the end of the server.
    }
    return isBroken();
  }

  private boolean isBrokenByAFile() throws IOException {
    try {
      write(pool().resolve("more"), "count=8");
    } catch (ProgramFailedException e) {
      // It takes no more.
    }
    return isBroken();
  }

  private static void write(Path file, String... more) throws IOException {
    var command = new ArrayList<>(List.of("dd", "if=/dev/urandom", "of=" + file, "bs=1M"));
    command.addAll(List.of(more));
    command.add("conv=fsync");
    Program.run(command);
  }

  private boolean isBroken() throws IOException {
    return Files.readString(Path.of("/proc/self/mounts"))
        .lines()
        .filter(line -> line.contains(" " + pool() + " btrfs "))
        .allMatch(line -> line.contains(" btrfs ro"));
  }

  private Path pool() {
    return disk.path().resolve("data/pool");
  }
}
