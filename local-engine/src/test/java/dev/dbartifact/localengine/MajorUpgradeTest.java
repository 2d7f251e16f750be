package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.InvalidDbParameterGroupStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Upgrades of clusters to another major version.
class MajorUpgradeTest extends MajorUpgradeFixture {

  @Test
  void theMajorVersionThatItHasIsNoUpgrade() {
    cluster("prod-1");
    upgrade();
    settled();
    var answer = upgrade();
    assertThat(answer.status()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isNull();
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void whileAClusterIsUpgradedItShowsWhatItHadAndWhatComes() {
    cluster("prod-1", "prod-2");
    host.hold();
    var answer = upgrade();
    assertThat(answer.status()).isEqualTo("upgrading");
    assertThat(answer.engineVersion()).isEqualTo("15.4");
    assertThat(answer.pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("prod-2").dbInstanceStatus()).isEqualTo("upgrading");
    host.release();
    settled();
  }

  @Test
  void aClusterGetsItsVersionWithItsServersAndItsGroups() {
    cluster("prod-1", "prod-2");
    upgrade();

    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("17.5");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql17");
    for (var id : List.of("prod-1", "prod-2")) {
      var instance = until(id, "available");
      assertThat(instance.engineVersion()).isEqualTo("17.5");
      assertThat(instance.dbParameterGroups())
          .extracting(DBParameterGroupStatus::dbParameterGroupName)
          .containsExactly("default.aurora-postgresql17");
    }
    assertThat(host.volumes.values())
        .extracting(FakeDatabaseHost.Volume::version)
        .contains("15.18");
    assertThat(host.volumes.get(volume("prod")).version()).isEqualTo("17.11");
    assertThat(host.followed.keySet())
        .hasSize(1)
        .allSatisfy(each -> assertThat(host.volumes.get(each).version()).isEqualTo("17.11"));
  }

  @Test
  void aSnapshotOfTheOldVersionIsTakenFirst_andTheEventsTell() {
    cluster("prod-1");
    upgrade();
    settled();
    assertThat(snapshots()).singleElement().asString().startsWith("preupgrade-prod-15-4-to-17-5-");
    var snapshot =
        engine
            .rds
            .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(snapshots().getFirst()))
            .dbClusterSnapshots()
            .getFirst();
    assertThat(snapshot.status()).isEqualTo("available");
    assertThat(snapshot.engineVersion()).isEqualTo("15.4");
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .containsSubsequence(
            "Upgrade in progress: Performing online pre-upgrade checks.",
            "Upgrade in progress: Creating pre-upgrade snapshot [" + snapshots().getFirst() + "].",
            "Upgrade in progress: Upgrading database objects.",
            "Database cluster major version has been upgraded")
        .doesNotContain("Database cluster has been patched");
  }

  @Test
  void whereNothingSharesBlocksThereIsNoSnapshot() {
    host.sharing = false;
    cluster("prod-1");
    upgrade();
    assertThat(settled().engineVersion()).isEqualTo("17.5");
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void itWaitsUnlessItIsWantedAtOnce_andCanBeTakenBack() {
    cluster("prod-1");
    var waiting = modify(r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    assertThat(waiting.status()).isEqualTo("available");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    assertThat(waiting.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql15");

    assertThat(modify(r -> r.engineVersion("15.4")).pendingModifiedValues()).isNull();
    modify(r -> r.applyImmediately(true));
    assertThat(engine.describe("prod").engineVersion()).isEqualTo("15.4");

    modify(r -> r.engineVersion("17").allowMajorVersionUpgrade(true));
    assertThat(modify(r -> r.applyImmediately(true)).status()).isEqualTo("upgrading");
    assertThat(settled().engineVersion()).isEqualTo("17.11");
  }

  @Test
  void whoHasGroupsOfItsOwnMustSayWhichOnesComeNext() {
    clusterWithGroup("old");
    group("new", "aurora-postgresql17");

    refused(
        "The current DB instance parameter group old is custom. You must explicitly specify a new DB"
            + " instance parameter group, either default or custom, for the engine version upgrade.",
        this::upgrade);
    refused(
        "The current DB cluster parameter group old is custom.",
        () -> upgrade(r -> r.dbInstanceParameterGroupName("new")));
    refused(
        "The Parameter Group old with DBParameterGroupFamily aurora-postgresql15 cannot be used",
        () -> upgrade(groups("new", "old")));
    assertThat(engine.describe("prod").status()).isEqualTo("available");
  }

  @Test
  void theGroupsThatAreSaidComeNextWithTheirValues() {
    clusterWithGroup("old");
    group("new", "aurora-postgresql17");
    var more = Parameter.builder().parameterName("work_mem").parameterValue("8192");
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("new").parameters(more.applyMethod(ApplyMethod.IMMEDIATE).build()));

    upgrade(groups("new", "new"));

    assertThat(settled().dbClusterParameterGroup()).isEqualTo("new");
    assertThat(until("prod-1", "available").dbParameterGroups())
        .extracting(
            DBParameterGroupStatus::dbParameterGroupName,
            DBParameterGroupStatus::parameterApplyStatus)
        .containsExactly(tuple("new", "in-sync"));
    assertThat(host.parameters.get(volume("prod"))).containsEntry("work_mem", "8192");
  }

  @Test
  void theGroupsOfAnUpgradeThatWaitsStay() {
    clusterWithGroup("old");
    group("new", "aurora-postgresql17");
    modify(
        r -> groups("new", "new").accept(r.engineVersion("17.5").allowMajorVersionUpgrade(true)));

    assertThatThrownBy(() ->
            engine.rds.deleteDBClusterParameterGroup(r -> r.dbClusterParameterGroupName("new")))
        .isInstanceOf(InvalidDbParameterGroupStateException.class);
    assertThatThrownBy(() -> engine.rds.deleteDBParameterGroup(r -> r.dbParameterGroupName("new")))
        .isInstanceOf(InvalidDbParameterGroupStateException.class);

    modify(r -> r.engineVersion("15.4"));
    engine.rds.deleteDBClusterParameterGroup(r -> r.dbClusterParameterGroupName("new"));
    engine.rds.deleteDBParameterGroup(r -> r.dbParameterGroupName("new"));
  }

  /// For the instances and for the cluster.
  private static Consumer<ModifyDbClusterRequest.Builder> groups(String instances, String cluster) {
    return r -> r.dbInstanceParameterGroupName(instances).dbClusterParameterGroupName(cluster);
  }

  private void clusterWithGroup(String name) {
    cluster("prod-1");
    group(name, "aurora-postgresql15");
    modify(r -> r.dbClusterParameterGroupName(name).applyImmediately(true));
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("prod-1").dbParameterGroupName(name).applyImmediately(true));
  }

  @Test
  void anInstanceGroupWithoutAnUpgradeIsRefusedAsBefore() {
    cluster("prod-1");
    refused(
        "db-instance-parameter-group-name can only be specified for a major engine version upgrade",
        () -> modify(r -> r.dbInstanceParameterGroupName("default.aurora-postgresql15")));
  }

  private void group(String name, String family) {
    engine.rds.createDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName(name).dbParameterGroupFamily(family).description("ours"));
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName(name).dbParameterGroupFamily(family).description("ours"));
  }
}
