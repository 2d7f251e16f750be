package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// Upgrades of plain instances to another major version.
class PlainMajorUpgradeTest extends MajorUpgradeFixture {

  @Test
  void aReplicaIsNotUpgradedWithoutItsSource() {
    plain("own");
    replica("copy", "own");

    assertThatThrownBy(
            () -> modify("copy", r -> r.engineVersion("17").allowMajorVersionUpgrade(true)))
        .hasMessageContaining("it gets another major version with its source");
  }

  @Test
  void aPlainInstanceIsUpgradedWithItsReplica() {
    var own = plain("own");
    replica("copy", "own");
    var waiting = modify("own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");

    var answer = modify("own", r -> r.applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("upgrading");
    assertThat(answer.engineVersion()).isEqualTo("15.4");

    var upgraded = until("own", "available");
    assertThat(upgraded.engineVersion()).isEqualTo("17.5");
    assertThat(upgraded.pendingModifiedValues()).isEqualTo(PendingModifiedValues.builder().build());
    assertThat(upgraded.dbParameterGroups())
        .extracting(DBParameterGroupStatus::dbParameterGroupName)
        .containsExactly("default.postgres17");
    assertThat(upgraded.optionGroupMemberships())
        .extracting(OptionGroupMembership::optionGroupName)
        .containsExactly("default:postgres-17");
    assertThat(upgraded.endpoint()).isEqualTo(own.endpoint());
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(host.volumes.values())
        .filteredOn(each -> each.listen() != null)
        .extracting(FakeDatabaseHost.Volume::version)
        .containsOnly("17.11");
  }

  @Test
  void anUpgradedInstanceCanBeRestored() {
    plain("own");
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
    until("own", "available");
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("after"));

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("again").dbSnapshotIdentifier("after"));

    assertThat(until("again", "available").engineVersion()).isEqualTo("17.5");
  }

  private void replica(String id, String source) {
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier(id).sourceDBInstanceIdentifier(source));
    until(id, "available");
  }

  @Test
  void theEventsTellOfEachStage() {
    plain("own");
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
    until("own", "available");

    assertThat(messages("own"))
        .containsSubsequence(
            "The pre-check started for the DB engine version upgrade.",
            "The pre-check finished for the DB engine version upgrade.",
            "The downtime started for the DB instance.",
            "The engine version upgrade started.",
            "The engine version upgrade finished.");
  }

  @Test
  void aPlainInstanceWhoseUpgradeFailsHasItsOldVersion() {
    plain("own");
    host.failNextReplacementWith(new HostException("a view is in the way"));
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
    var own = until("own", "available");
    assertThat(own.engineVersion()).isEqualTo("15.4");
    assertThat(own.pendingModifiedValues()).isEqualTo(PendingModifiedValues.builder().build());
    assertThat(messages("own"))
        .contains(
            "Database instance is in a state that cannot be upgraded: a view is in the way",
            "The DB engine version upgrade failed. The engine version upgrade rollback succeeded.");
  }
}
