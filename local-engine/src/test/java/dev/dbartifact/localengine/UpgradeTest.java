package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RdsException;

/// How a version is changed for another minor one.
class UpgradeTest extends UpgradeFixture {

  private static final PendingModifiedValues NOTHING = PendingModifiedValues.builder().build();

  @Test
  void theVersionThatItHasIsNoUpgrade() {
    make("own", r -> r.engineVersion("17.4"));
    var answer = modify("own", r -> r.engineVersion("17.4").applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void anUpgradeWaitsUnlessItIsWantedAtOnce() {
    make("own", r -> r.engineVersion("17.4"));
    var waiting = modify("own", r -> r.engineVersion("17.5"));
    assertThat(waiting.engineVersion()).isEqualTo("17.4");
    assertThat(waiting.dbInstanceStatus()).isEqualTo("available");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");

    var answer = modify("own", r -> r.applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("upgrading");
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("own").pendingModifiedValues()).isEqualTo(NOTHING);
    assertThat(messages("own")).contains("DB instance patched");
  }

  @Test
  void anUpgradeStartsTheServerAgainOnTheSameData() {
    var own = make("own", r -> r.engineVersion("17.4"));
    var storage = host.storageAt(own.endpoint().address());
    host.parameters.clear();
    modify("own", r -> r.engineVersion("17").applyImmediately(true));
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.11");
    assertThat(host.parameters).containsOnlyKeys(storage);
    assertThat(host.volumes).hasSize(1);
  }

  @Test
  void aPendingUpgradeIsTakenBackByTheVersionThatThereIs() {
    make("own", r -> r.engineVersion("17.4"));
    modify("own", r -> r.engineVersion("17.5"));
    var answer = modify("own", r -> r.engineVersion("17.4").applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void thereIsNoWayBackAndNoneToAnotherMajorVersionWithoutBeingAskedFor() {
    make("own", r -> r.engineVersion("15.4"));
    refused("Cannot upgrade postgres from 15.4 to 15.3", () -> to("15.3", null));
    refused("The AllowMajorVersionUpgrade flag must be present", () -> to("17.5", null));
    refused("The AllowMajorVersionUpgrade flag must be present", () -> to("17", false));
    refused("Cannot find version 16", () -> to("16", true));
    host.upgrades.possible = false;
    refused("Cannot upgrade postgres from 15.4 to 17.11 (The local engine", () -> to("17", true));
    assertThat(engine.describeInstance("own").engineVersion()).isEqualTo("15.4");
  }

  private void to(String version, Boolean major) {
    modify("own", r -> r.engineVersion(version).allowMajorVersionUpgrade(major));
  }

  @Test
  void anUpgradeThatWasCutShortIsDoneByTheNextStart() throws Exception {
    make("own", r -> r.engineVersion("17.4"));
    host.hold();
    modify("own", r -> r.engineVersion("17.5").applyImmediately(true));
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("upgrading");
    host.release();
    engine.close();

    engine = TestEngine.start(memory, host, clock());
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
  }

  @Test
  void aClusterIsUpgradedWithAllOfItsInstances() {
    cluster("17.4");
    instance("prod-1");
    instance("prod-2");
    var waiting = modify(r -> r.engineVersion("17.5"));
    assertThat(waiting.engineVersion()).isEqualTo("17.4");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");

    var answer = modify(r -> r.engineVersion("17.6").applyImmediately(true));
    assertThat(answer.status()).isEqualTo("upgrading");
    var prod = engine.await("prod", each -> each.status().equals("available"));
    assertThat(prod.engineVersion()).isEqualTo("17.6");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(until("prod-1", "available").engineVersion()).isEqualTo("17.6");
    assertThat(until("prod-2", "available").engineVersion()).isEqualTo("17.6");
  }

  @Test
  void aClusterWithoutAnInstanceIsNotUpgraded() {
    cluster("17.4");
    assertThatThrownBy(() -> modify(r -> r.engineVersion("17.5").applyImmediately(true)))
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidDBClusterStateFault"))
        .hasMessageContaining("without a healthy primary instance");
    assertThat(engine.describe("prod").engineVersion()).isEqualTo("17.4");
  }

  @Test
  void aMemberIsUpgradedWithItsClusterOnly() {
    cluster("17.4");
    instance("prod-1");
    refused("using the ModifyDbCluster API", () -> modify("prod-1", r -> r.engineVersion("17.5")));
  }

  @Test
  void aSnapshotIsRestoredToItsVersionOrALaterOne() {
    cluster("17.4");
    instance("prod-1");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("before"));
    engine.await("prod", each -> each.status().equals("available"));

    assertThat(restored("same", "17.4")).isEqualTo("17.4");
    assertThat(restored("later", "17.8")).isEqualTo("17.8");
    assertThat(restored("unsaid", null)).isEqualTo("17.11");
    refused("Cannot upgrade aurora-postgresql from 17.4 to 17.2", () -> restored("x", "17.2"));
    refused("Cannot upgrade aurora-postgresql from 17.4 to 15.18", () -> restored("x", "15"));
  }

  @Test
  void aSnapshotOfAPlainInstanceIsUpgradedAndRestoredAtItsNewVersion() {
    make("own", r -> r.engineVersion("17.4"));
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("before"));
    until("own", "available");
    refused("Cannot upgrade postgres from 17.4 to 17.2", () -> upgradeSnapshot("17.2"));
    refused("Cannot upgrade postgres from 17.4 to 15.18", () -> upgradeSnapshot("15"));
    assertThat(upgradeSnapshot(null)).isEqualTo("17.4");
    assertThat(upgradeSnapshot("17.5")).isEqualTo("17.5");

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("own").engineVersion()).isEqualTo("17.4");
  }

  private String upgradeSnapshot(String version) {
    return engine
        .rds
        .modifyDBSnapshot(r -> r.dbSnapshotIdentifier("before").engineVersion(version))
        .dbSnapshot()
        .engineVersion();
  }

  private String restored(String id, String version) {
    return engine
        .rds
        .restoreDBClusterFromSnapshot(r ->
            r.dbClusterIdentifier(id)
                .snapshotIdentifier("before")
                .engine("aurora-postgresql")
                .engineVersion(version))
        .dbCluster()
        .engineVersion();
  }

  private void cluster(String version) {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion(version)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    engine.await("prod", each -> each.status().equals("available"));
  }

  private void instance(String id) {
    engine.createInstance(id, "prod");
    until(id, "available");
    engine.await("prod", each -> each.status().equals("available"));
  }
}
