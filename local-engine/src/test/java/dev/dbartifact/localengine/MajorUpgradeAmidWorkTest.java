package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Upgrades to another major version that are asked for while something else is under way.
class MajorUpgradeAmidWorkTest extends MajorUpgradeFixture {

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Test
  void aReaderThatIsBeingMadeDoesNotUndoIt() {
    cluster("prod-1");
    host.hold();
    engine.createInstance("prod-2", "prod");
    assertThat(upgrade().status()).isEqualTo("upgrading");
    host.release();

    assertUpgraded();
  }

  @Test
  void norDoesOneThatIsRebooted() {
    cluster("prod-1", "prod-2");
    host.hold();
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("prod-2"));
    assertThat(upgrade().status()).isEqualTo("upgrading");
    host.release();

    assertUpgraded();
  }

  /// It has another volume than its source, and is upgraded with it.
  @Test
  void aReadReplicaThatIsRebootedIsNotAvailableBefore() {
    plain("own");
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("own"));
    until("copy", "available");
    var checked = new AtomicReference<String>();
    host.upgrades.checking = () -> checked.set(engine.describeInstance("copy").dbInstanceStatus());
    host.hold();
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("copy"));
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
    host.release();

    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(checked).hasValue("upgrading");
  }

  @Test
  void aPlainInstanceIsNotCopiedMeanwhile() {
    plain("own");
    host.hold();
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));

    assertThatThrownBy(() -> restore("copy", "own"))
        .isInstanceOf(InvalidDbInstanceStateException.class)
        .hasMessageContaining("it is upgrading");
    assertThatThrownBy(() ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last")))
        .isInstanceOf(InvalidDbInstanceStateException.class)
        .hasMessageContaining("is upgrading");
    host.release();

    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
  }

  private void restore(String id, String source) {
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.sourceDBInstanceIdentifier(source)
            .targetDBInstanceIdentifier(id)
            .useLatestRestorableTime(true));
  }

  @Test
  void aClusterIsNotDeletedMeanwhileWithASnapshotOfNobodyKnowsWhichVersion() {
    cluster("prod-1");
    host.hold();
    upgrade();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));

    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(
                r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last")))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("is upgrading");
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));
    host.release();
    engine.awaitGone("prod");
  }

  private void assertUpgraded() {
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("17.5");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(until("prod-1", "available").engineVersion()).isEqualTo("17.5");
    assertThat(until("prod-2", "available").engineVersion()).isEqualTo("17.5");
    assertThat(host.volumes.get(volume("prod")).version()).isEqualTo("17.11");
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .containsOnlyOnce("Database cluster major version has been upgraded");
  }
}
