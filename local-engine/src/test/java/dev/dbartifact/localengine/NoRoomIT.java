package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RdsException;

/// An engine with real servers whose file system has no room, or no inodes, for anything more.
class NoRoomIT {

  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("http.UnexpectedFailure", "rds", "server", "state");

  /// What runs out, and how it is used up.
  enum Lack {
    BYTES(900L << 20, 60_000),
    INODES(900L << 20, 9_000);

    private static final int ROUNDS = 3;
    private static final int BLOCK = 1 << 12;

    /// From here on block by block.
    private static final long LARGE = 400L << 20;

    private final long bytes;
    private final int inodes;

    Lack(long bytes, int inodes) {
      this.bytes = bytes;
      this.inodes = inodes;
    }

    /// Again and again: a server gives back what it does not need any more.
    private void use(Path folder) throws IOException {
      for (var round = 0; round < ROUNDS; round++) {
        Program.run("sync", "--file-system", folder.toString());
        if (this == BYTES) {
          useBytes(folder.resolve("bytes"));
        } else {
          useInodes(folder, round);
        }
      }
    }

    private static void useBytes(Path file) throws IOException {
      try (var filler = new RandomAccessFile(file.toFile(), "rw")) {
        filler.seek(filler.length());
        var most = new byte[1 << 20];
        while (true) {
          filler.write(most, 0, filler.length() < LARGE ? most.length : BLOCK);
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left on device");
      }
    }

    private void useInodes(Path folder, int round) throws IOException {
      try {
        for (var number = 0; number <= inodes; number++) {
          Files.createFile(folder.resolve(round + "-" + number));
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left on device");
        return;
      }
      throw new AssertionError("The disk has more inodes than it was made with");
    }
  }

  private static final Map<String, Consumer<RdsClient>> REFUSED =
      Map.of(
          "InsufficientStorageClusterCapacity",
          NoRoomIT::create,
          "InsufficientStorageClusterCapacity ",
          NoRoomIT::clone,
          "StorageQuotaExceeded",
          rds -> instance(rds, "prod-2"),
          "SnapshotQuotaExceeded",
          NoRoomIT::snapshot,
          "InternalFailure",
          NoRoomIT::change);

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(Lack.class)
  void whatNeedsRoomIsRefused_aServerWaitsForIt_andAllGoesOnWhenThereIsSome(Lack lack)
      throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var inodes = List.of("-N", Integer.toString(lack.inodes));
    try (var disk = LoopMount.ext4(temporary, lack.bytes, inodes)) {
      Files.setPosixFilePermissions(disk.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
      var directory = Files.createDirectory(disk.path().resolve("data"));
      // Volumes that are already kept as plain copies: no pool is made beside them.
      Files.createDirectories(directory.resolve("volumes/old"));
      UnpackedPostgres.into(directory);
      try (var engine = RealEngine.start(disk.path())) {
        var shop = prepare(engine);
        var filler = Files.createDirectory(disk.path().resolve("filler"));
        lack.use(filler);

        var stored = engine.host().stored();
        assertRefusals(engine);
        assertThat(engine.host().stored()).isEqualTo(stored);
        kill(directory, engine);
        // Where it finds what it needs in what the old one left, it serves.
        RealEngine.await("its start", () -> serves(shop) || status(engine).equals("storage-full"));

        delete(filler);
        goesOn(engine, shop);
        assertThat(engine.host().stored()).hasSize(stored.size() + 2);
      }
    }
    LoopMount.awaitRelease(temporary);
  }

  private static Sql prepare(RealEngine engine) throws Exception {
    engine
        .rds()
        .createDBClusterParameterGroup(r ->
            r.dbClusterParameterGroupName("own")
                .dbParameterGroupFamily("aurora-postgresql17")
                .description("own"));
    engine
        .rds()
        .createDBCluster(r ->
            r.dbClusterIdentifier("prod")
                .engine("aurora-postgresql")
                .dbClusterParameterGroupName("own")
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD));
    engine.instance(RealEngine.Kind.POSTGRES, "prod-1", "prod");
    var shop = RealEngine.Kind.POSTGRES.login(engine.describe("prod"), TestEngine.PASSWORD);
    shop.execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)", "CHECKPOINT");
    return shop;
  }

  private static void create(RdsClient rds) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("new")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
  }

  private static void clone(RdsClient rds) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier("dev")
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  private static void instance(RdsClient rds, String id) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier("prod")
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql"));
  }

  private static void snapshot(RdsClient rds) {
    rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("snap"));
  }

  private static void change(RdsClient rds) {
    rds.modifyDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod(ApplyMethod.IMMEDIATE)
                    .build()));
  }

  private static void assertRefusals(RealEngine engine) {
    for (var refused : REFUSED.entrySet()) {
      assertThatThrownBy(() -> refused.getValue().accept(engine.rds()))
          .as(refused.getKey())
          .isInstanceOfSatisfying(
              RdsException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorCode())
                      .as(e.getMessage())
                      .isEqualTo(refused.getKey().strip()))
          .hasMessageContaining("No space left on device");
    }
    var rds = engine.rds();
    assertThat(rds.describeDBClusters().dbClusters()).hasSize(1);
    assertThat(rds.describeDBInstances().dbInstances()).hasSize(1);
    assertThat(rds.describeDBClusterSnapshots(r -> r.snapshotType("manual")).dbClusterSnapshots())
        .isEmpty();
  }

  /// Ends the server of the one instance, as the kernel does that is short of memory.
  private static void kill(Path directory, RealEngine engine) throws Exception {
    var volume = EngineFixture.storage(engine.describe("prod")).value();
    var lock = directory.resolve("volumes").resolve(volume).resolve("pgdata/postmaster.pid");
    var pid = Long.parseLong(Files.readAllLines(lock).getFirst());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static String status(RealEngine engine) {
    return engine.describeInstance("prod-1").dbInstanceStatus();
  }

  private static boolean serves(Sql shop) {
    try {
      return shop.value("SELECT count(*) FROM item").equals("1");
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static void awaitStatus(RealEngine engine, String status) throws Exception {
    RealEngine.await(status, () -> status(engine).equals(status));
  }

  private static void delete(Path filler) throws IOException {
    try (var files = Files.list(filler)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  private static void goesOn(RealEngine engine, Sql shop) throws Exception {
    awaitStatus(engine, "available");
    assertThat(shop.value("SELECT count(*) FROM item")).isEqualTo("1");
    var rds = engine.rds();
    change(rds);
    RealEngine.await("the change", () -> shop.value("SHOW work_mem").equals("8MB"));
    snapshot(rds);
    RealEngine.await(
        "the snapshot",
        () ->
            rds.describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier("snap"))
                .dbClusterSnapshots()
                .getFirst()
                .status()
                .equals("available"));
    awaitStatus(engine, "available");
    clone(rds);
    RealEngine.await("the clone", () -> engine.describe("dev").status().equals("available"));
    assertThat(Set.of("prod", "dev"))
        .isEqualTo(
            rds.describeDBClusters().dbClusters().stream()
                .map(each -> each.dbClusterIdentifier())
                .collect(Collectors.toSet()));
  }
}
