package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.localengine.volume.PoolSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool that is too small for what is asked of it, and a pool over its life.
class FullPoolIT {
  private static final StorageId SOURCE = new StorageId("source");
  private static final PostgresHost.Options SMALL =
      new PostgresHost.Options(PoolSize.of(320L << 20));

  @TempDir Path directory;

  @BeforeEach
  void openTheWay() throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    UnpackedPostgres.into(directory);
  }

  @Test
  void whatDoesNotFitLeavesNothingAndHarmsNobody() throws Exception {
    try (var host = PostgresHost.open(directory, SMALL)) {
      var shop = filled(host);

      var made = new TreeSet<>(Set.of(SOURCE));
      assertThatExceptionOfType(HostException.OutOfSpace.class)
          .isThrownBy(() -> copyUntilItFails(host, made))
          .withMessageContaining("No space left on device");

      assertThat(host.stored()).isEqualTo(made);
      assertThat(shop.value("SELECT count(*) FROM filler")).isEqualTo("110");
      assertThat(HostFixture.serverLog(directory, SOURCE))
          .doesNotContain("No space left on device");
      host.discard(SOURCE);
    }
  }

  private static void copyUntilItFails(PostgresHost host, Set<StorageId> made)
      throws HostException {
    for (var number = 1; number <= 20; number++) {
      var copy = new StorageId("copy-" + number);
      host.copy(SOURCE, copy, CloneKind.FULL_COPY);
      made.add(copy);
    }
  }

  @Test
  void aClosedPoolIsUnmountedAndFoundAgain() throws Exception {
    try (var host = PostgresHost.open(directory, SMALL)) {
      create(host);
      assertThat(mounts()).contains(directory + "/pool btrfs");
    }
    assertThat(mounts()).doesNotContain(directory + "/pool ");
    LoopMount.awaitRelease(directory);

    try (var host = PostgresHost.open(directory, PostgresHost.Options.defaults())) {
      assertThat(host.stored()).containsExactly(SOURCE);
    }
  }

  @Test
  void aPoolThatIsMountedElsewhereIsLeftAlone() throws Exception {
    try (var host = PostgresHost.open(directory, SMALL)) {
      create(host);
    }
    var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    var image = directory.resolve("pool.img").toString();
    Program.run("mount", "-o", "loop", image, elsewhere.toString());
    try {
      assertThatExceptionOfType(HostException.class)
          .isThrownBy(() -> PostgresHost.open(directory, SMALL))
          .withMessageContaining("already mounted, on " + elsewhere);
    } finally {
      Program.run("umount", elsewhere.toString());
    }
    // Attached by an engine that was killed before it mounted.
    Program.run("losetup", "--find", image);
    try (var host = PostgresHost.open(directory, SMALL)) {
      assertThat(host.stored()).containsExactly(SOURCE);
    }
    LoopMount.awaitRelease(directory);
  }

  @Test
  void aPoolThatCannotBeReadIsNotReplaced() throws Exception {
    Files.write(directory.resolve("pool.img"), new byte[1 << 20]);

    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> PostgresHost.open(directory, SMALL))
        .withMessageContaining("Could not open the storage pool " + directory + "/pool.img");

    assertThat(directory.resolve("pool.img")).hasBinaryContent(new byte[1 << 20]);
    LoopMount.awaitRelease(directory);
  }

  private Sql filled(PostgresHost host) throws Exception {
    create(host);
    var address = freeAddress();
    host.start(SOURCE, address);
    var shop = new Sql(address, "admin", "s3cretpass", "shop");
    shop.execute(
        "CREATE TABLE filler (content text)",
        "ALTER TABLE filler ALTER content SET STORAGE EXTERNAL",
        "INSERT INTO filler SELECT repeat(md5(i::text), 20000) FROM generate_series(1, 110) AS i",
        "CHECKPOINT");
    return shop;
  }

  private static void create(PostgresHost host) throws HostException {
    var version = host.installedVersions().getFirst();
    host.create(
        SOURCE, new NewDatabase(version, "admin", new Secret("s3cretpass"), Optional.of("shop")));
  }

  private static Listen freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Listen(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }

  private static String mounts() throws IOException {
    return Files.readString(Path.of("/proc/self/mounts"));
  }
}
