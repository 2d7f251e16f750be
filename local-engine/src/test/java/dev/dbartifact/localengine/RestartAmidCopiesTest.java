package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Parameter;

/// An engine that ends while something is copied that is to go when that is done. The next one
/// works on a copy of the records and of the volumes at that moment.
class RestartAmidCopiesTest extends PlainInstanceFixture {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  private static final List<String> CLONES = List.of("dev", "stage", "test", "trial", "user");

  @TempDir Path second;
  private final FakeDatabaseHost rest = new FakeDatabaseHost();

  @BeforeEach
  void aSource() {
    engine.cluster("prod");
    host.words.put(volume("prod"), new CopyOnWriteArrayList<>(List.of("of prod")));
  }

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Test
  void aRestoreIsFinishedBeforeItsSnapshotGoes() throws Exception {
    takeSnapshot();
    host.hold();
    CLONES.forEach(this::restore);
    deleteSnapshot();

    try (var again = next()) {
      CLONES.forEach(each -> assertRestored(again, each));
      TestEngine.await("the end of the snapshot", () -> snapshots(again).isEmpty());
      TestEngine.await("the end of its volume", () -> rest.volumes.size() == 1 + CLONES.size());
    }
  }

  @Test
  void aCopyOfASnapshotIsFinishedBeforeThatGoes() throws Exception {
    takeSnapshot();
    host.hold();
    for (var copy : CLONES) {
      engine.rds.copyDBClusterSnapshot(r ->
          r.sourceDBClusterSnapshotIdentifier("before").targetDBClusterSnapshotIdentifier(copy));
    }
    deleteSnapshot();

    try (var again = next()) {
      TestEngine.await("the end of the snapshot", () -> snapshots(again).size() == CLONES.size());
      TestEngine.await(
          "the copies",
          () -> snapshots(again).stream().noneMatch(each -> each.status().equals("copying")));
      assertThat(snapshots(again)).allMatch(each -> each.status().equals("available"));
    }
  }

  @Test
  void aCloneIsFinishedBeforeItsSourceGoes() throws Exception {
    host.hold();
    CLONES.forEach(each -> engine.restore(each, "prod"));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));

    try (var again = next()) {
      CLONES.forEach(each -> assertRestored(again, each));
      again.awaitInstanceGone("prod-1");
      again.awaitGone("prod");
      assertThat(rest.volumes).hasSize(CLONES.size());
    }
  }

  @Test
  void soIsTheRestoreOfAPlainInstanceBeforeItsSnapshotGoes() throws Exception {
    made("own");
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("before"));
    TestEngine.await(
        "the snapshot",
        () -> plainSnapshots(engine).stream().allMatch(each -> each.status().equals("available")));
    host.hold();
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
    engine.rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier("before"));

    try (var again = next()) {
      TestEngine.await("the end of the snapshot", () -> plainSnapshots(again).isEmpty());
      again.awaitInstance("copy", each -> each.dbInstanceStatus().equals("available"));
    }
  }

  @Test
  void anInstanceOfACopyHasWhatItsGroupSays() throws Exception {
    group("big");
    host.hold();
    var dev = engine.restore("dev", "prod");
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("dev-1")
            .dbClusterIdentifier("dev")
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql")
            .dbParameterGroupName("big"));

    try (var again = next()) {
      again.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
      assertThat(rest.parameters.get(storage(dev))).containsEntry("work_mem", "8192");
    }
  }

  @Test
  void soDoesOneThatIsRebootedForThat() throws Exception {
    group("big");
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("prod-1").dbParameterGroupName("big").applyImmediately(true));
    engine.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
    host.hold();
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("prod-1"));

    try (var again = next()) {
      var prod = again.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
      assertThat(prod.dbParameterGroups().getFirst().parameterApplyStatus()).isEqualTo("in-sync");
      assertThat(rest.parameters.get(volume("prod"))).containsEntry("work_mem", "8192");
    }
  }

  private void group(String name) {
    engine.rds.createDBParameterGroup(r ->
        r.dbParameterGroupName(name)
            .dbParameterGroupFamily("aurora-postgresql17")
            .description("ours"));
    var more = Parameter.builder().parameterName("work_mem").parameterValue("8192");
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName(name).parameters(more.applyMethod(ApplyMethod.IMMEDIATE).build()));
  }

  private void takeSnapshot() {
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("before"));
    TestEngine.await(
        "the snapshot", () -> snapshots(engine).getFirst().status().equals("available"));
    engine.await("prod", each -> each.status().equals("available"));
  }

  private void deleteSnapshot() {
    engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("before"));
  }

  private void restore(String id) {
    engine.rds.restoreDBClusterFromSnapshot(
        r -> r.dbClusterIdentifier(id).snapshotIdentifier("before").engine("aurora-postgresql"));
  }

  /// As after a power failure, which takes all servers.
  private TestEngine next() throws Exception {
    PowerCut.copy(memory, second);
    rest.takeOver(host);
    return TestEngine.start(second, rest, Clock.systemUTC());
  }

  private void assertRestored(TestEngine again, String id) {
    var made = again.await(id, each -> !each.status().equals("creating"));
    assertThat(made.status()).isEqualTo("available");
    assertThat(rest.words.get(storage(made))).containsExactly("of prod");
  }

  private static List<DBClusterSnapshot> snapshots(TestEngine engine) {
    return engine.rds.describeDBClusterSnapshots().dbClusterSnapshots();
  }

  private static List<DBSnapshot> plainSnapshots(TestEngine engine) {
    return engine.rds.describeDBSnapshots().dbSnapshots();
  }
}
