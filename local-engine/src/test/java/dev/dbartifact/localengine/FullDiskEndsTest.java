package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What is under way ends, and is seen to, also when no record can be written meanwhile; the
/// records follow.
class FullDiskEndsTest extends ResetFixture {

  @RegisterExtension static final QuietLog SHELVES = QuietLog.of("state");

  @TempDir Path later;
  private BlockedRecords blocked;

  private Path record(String cluster) {
    return memory
        .resolve("clusters")
        .resolve(engine.describe(cluster).dbClusterResourceId().toLowerCase(Locale.ROOT) + ".json");
  }

  private static boolean says(Path record, String status) {
    try {
      return Files.readString(record).contains("\"Status\" : \"" + status + "\"");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitRecord(String cluster, String status) {
    var record = record(cluster);
    TestEngine.await("the record", () -> says(record, status));
  }

  /// Lets the disk be full from when that was asked for until [BlockedRecords#free].
  private void block(Runnable asked) throws IOException {
    host.hold();
    asked.run();
    blocked = BlockedRecords.in(memory);
    host.release();
  }

  @Test
  void aClusterAndItsInstanceBecomeAvailable() throws Exception {
    block(() -> {
      engine.create("shop");
      engine.createInstance("shop-1", "shop");
    });

    await("shop", "available");
    await("shop-1");
    assertThat(says(record("shop"), "creating")).isTrue();

    blocked.free();
    awaitRecord("shop", "available");
  }

  @Test
  void whatWasShownIsNotUndoneByTheNextEngine() throws Exception {
    engine.cluster("prod");
    block(() -> {
      engine.create("shop");
      engine.restore("dev", "prod");
    });
    await("shop", "available");
    await("dev", "available");
    write("dev", "since then");
    PowerCut.copy(memory, later);
    blocked.free();
    removeObstacles(later);

    try (var next = TestEngine.start(later, host, Clock.systemUTC())) {
      next.await("shop", each -> each.status().equals("available"));
      next.await("dev", each -> each.status().equals("available"));
      assertThat(words("dev")).contains("since then");
    }
  }

  private static void removeObstacles(Path copy) throws IOException {
    try (var files = Files.walk(copy)) {
      for (var each : files.sorted(Comparator.reverseOrder()).toList()) {
        if (each.toString().contains(".json.new")) {
          Files.delete(each);
        }
      }
    }
  }

  @Test
  void aCloneThatCannotBeMadeSaysSo() throws Exception {
    engine.cluster("prod");
    host.failCopiesWith(new HostException.OutOfSpace("No space left on device"));
    block(() -> engine.restore("dev", "prod"));

    var failed = engine.await("dev", each -> each.status().equals("cloning-failed"));
    assertThat(failed.statusInfos().getFirst().message()).contains("No space left");

    blocked.free();
    awaitRecord("dev", "cloning-failed");
  }

  @Test
  void anInstanceThatDoesNotStartSaysSo() throws Exception {
    engine.create("shop");
    await("shop", "available");
    host.failStartsWith(new HostException("No space left on device"));
    block(() -> engine.createInstance("shop-1", "shop"));

    var failed = until("shop-1", "failed");
    assertThat(failed.statusInfos().getFirst().message()).contains("No space left");
  }

  @Test
  void aFailoverEnds_withItsWriterInPlace() throws Exception {
    engine.cluster("shop");
    engine.createInstance("shop-2", "shop");
    await("shop-2");
    block(() ->
        engine.rds.failoverDBCluster(
            r -> r.dbClusterIdentifier("shop").targetDBInstanceIdentifier("shop-2")));

    var shop = engine.await("shop", each -> each.status().equals("available"));
    assertThat(writer(shop)).isEqualTo("shop-2");
    assertThat(engine.volume(shop).listen()).isNotNull();

    blocked.free();
    awaitRecord("shop", "available");
  }

  private static String writer(DBCluster cluster) {
    return cluster.dbClusterMembers().stream()
        .filter(member -> member.isClusterWriter())
        .findFirst()
        .orElseThrow()
        .dbInstanceIdentifier();
  }

  @Test
  void aResetIsAnswered() throws Exception {
    engine.cluster("prod");
    clone("dev", "prod");
    blocked = BlockedRecords.in(memory);

    assertThat(answer(500, "dev").message()).contains("Could not write");

    await("dev", "available");
    await("dev-1");
    assertThat(words("dev")).contains("of dev");
    blocked.free();
    reset("dev");
  }

  @Test
  void aClusterStops() throws Exception {
    engine.cluster("shop");
    block(() -> engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop")));

    await("shop", "stopped");
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("stopped");
    blocked.free();
    awaitRecord("shop", "stopped");
  }

  @Test
  void aSnapshotThatCannotBeRememberedFails_andItsClusterGoesOn() throws Exception {
    engine.cluster("shop");
    block(() ->
        engine.rds.createDBClusterSnapshot(
            r -> r.dbClusterIdentifier("shop").dbClusterSnapshotIdentifier("before")));

    await("shop", "available");
    TestEngine.await(
        "its end",
        () ->
            engine.rds.describeDBClusterSnapshots().dbClusterSnapshots().stream()
                .allMatch(each -> each.status().equals("failed")));
  }

  @Test
  void nothingIsLeftOfASnapshotThatIsRefused() throws Exception {
    engine.cluster("shop");
    blocked = BlockedRecords.in(memory);
    assertThatThrownBy(() -> snapshot("before")).isInstanceOf(RdsException.class);
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()).isEmpty();

    blocked.free();
    snapshot("before");
    await("shop", "available");
  }

  private void snapshot(String id) {
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("shop").dbClusterSnapshotIdentifier(id));
  }

  @Test
  void aClusterStaysWhoseFinalSnapshotCannotBeRemembered() throws Exception {
    engine.create("shop");
    var shop = engine.await("shop", each -> each.status().equals("available"));
    block(() ->
        engine.rds.deleteDBCluster(
            r -> r.dbClusterIdentifier("shop").finalDBSnapshotIdentifier("last")));

    await("shop", "available");
    assertThat(engine.volume(shop)).isNotNull();
  }

  @Test
  void anUpgradeEnds() throws Exception {
    host.sharing = true;
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .engine("aurora-postgresql")
            .engineVersion("15.4")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    engine.createInstance("shop-1", "shop");
    await("shop-1");
    await("shop", "available");
    block(() ->
        engine.rds.modifyDBCluster(r ->
            r.dbClusterIdentifier("shop")
                .engineVersion("17.5")
                .allowMajorVersionUpgrade(true)
                .applyImmediately(true)));

    engine.await("shop", each -> each.status().equals("available"));
    await("shop-1");
    assertThat(engine.describe("shop").engineVersion()).startsWith("17.");
  }

  @Test
  void aPasswordIsLearned() throws Exception {
    var shop = engine.cluster("shop");
    block(() ->
        engine.rds.modifyDBCluster(
            r -> r.dbClusterIdentifier("shop").masterUserPassword(OWN).applyImmediately(true)));

    engine.await("shop", each -> each.pendingModifiedValues() == null);
    assertThat(engine.volume(shop).password()).isEqualTo(OWN);
  }
}
