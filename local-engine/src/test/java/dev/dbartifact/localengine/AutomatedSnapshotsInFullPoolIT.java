package dev.dbartifact.localengine;

import static dev.dbartifact.localengine.AutomatedSnapshotFixture.SOME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.cli.SaidStatus;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.Event;

/// A small pool that fills up while automated snapshots are made of a real cluster in it.
@Tag("long")
class AutomatedSnapshotsInFullPoolIT {
  private static final long MIB = 1L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// The engine asks how full the storage is after that time.
  private static final Duration LOOK = Duration.ofSeconds(5);

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds", "server");

  @TempDir Path temporary;
  private final TurnableClock clock =
      new TurnableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private RealEngine engine;

  @BeforeEach
  void anEngineOnASmallPool() throws Exception {
    engine = RealEngine.onPool(temporary, 2560 * MIB, clock);
  }

  @AfterEach
  void close() throws Exception {
    if (engine != null) {
      engine.close();
      LoopMount.awaitRelease(temporary);
    }
  }

  @Test
  void theyGiveWayToTheData_sayWhy_andAreMadeAgainWhenThereIsRoom() throws Exception {
    var prod = volume(cluster());
    await("the first one", () -> made().size() == 1);
    var first = made().getFirst().dbClusterSnapshotIdentifier();
    assertThat(stored()).hasSize(2).contains(prod);

    // Less than 1 GiB is left, and status has nothing to warn of yet.
    fill("some", free() - 900 * MIB);
    clock.turn(LOOK);
    await("its end", () -> automated().isEmpty());
    assertThat(messages())
        .contains(
            "The storage is nearly full: the automated snapshot %s is deleted".formatted(first));
    assertThat(stored()).containsExactly(prod);
    assertThat(status()).doesNotContain("delete clusters or snapshots");

    // The backup window, with next to nothing left.
    fill("more", free() - 150 * MIB);
    assertThat(status()).contains("The storage pool is", "delete clusters or snapshots");
    clock.turn(SOME);
    await(
        "the lack of room",
        () ->
            messages()
                .contains(
                    "The storage is nearly full: no automated snapshot is made until there is room"));
    assertThat(automated()).isEmpty();
    assertThat(stored()).containsExactly(prod);

    Files.delete(pool().resolve("more"));
    Files.delete(pool().resolve("some"));
    Program.run("btrfs", "filesystem", "sync", pool().toString());
    clock.turn(LOOK);
    await("another one", () -> made().size() == 1);
    assertThat(stored()).hasSize(2).contains(prod);
    assertThat(login().value("SELECT 1")).isEqualTo("1");
  }

  private DBCluster cluster() {
    var window = AutomatedSnapshotFixture.window(clock.instant().plus(SOME));
    engine
        .rds()
        .createDBCluster(r ->
            r.dbClusterIdentifier("prod")
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD)
                .preferredBackupWindow(window));
    engine.instance(RealEngine.Kind.POSTGRES, "prod-1", "prod");
    return engine.describe("prod");
  }

  private Sql login() {
    return RealEngine.Kind.POSTGRES.login(engine.describe("prod"), TestEngine.PASSWORD);
  }

  private List<DBClusterSnapshot> automated() {
    return engine
        .rds()
        .describeDBClusterSnapshots(r -> r.snapshotType("automated"))
        .dbClusterSnapshots();
  }

  private List<DBClusterSnapshot> made() {
    return automated().stream().filter(each -> each.status().equals("available")).toList();
  }

  private List<String> messages() {
    return engine
        .rds()
        .describeEvents(r -> r.sourceType("db-cluster").sourceIdentifier("prod"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  /// The volumes of clusters and snapshots.
  private List<StorageId> stored() throws Exception {
    return List.copyOf(engine.host().stored());
  }

  private static StorageId volume(DBCluster cluster) {
    return EngineFixture.storage(cluster);
  }

  private Path pool() {
    return engine.directory().resolve("pool");
  }

  private long free() throws IOException {
    return Files.getFileStore(pool()).getUsableSpace();
  }

  /// Takes room without writing to it.
  private void fill(String name, long bytes) throws IOException {
    Program.run("fallocate", "--length", Long.toString(bytes), pool().resolve(name).toString());
    Program.run("btrfs", "filesystem", "sync", pool().toString());
  }

  /// What the command line says, with the warnings.
  private String status() throws IOException {
    return SaidStatus.of(engine.directory());
  }

  private static void await(String what, Waiting.Condition<RuntimeException> condition) {
    Waiting.until(what, PATIENCE, condition);
  }
}
