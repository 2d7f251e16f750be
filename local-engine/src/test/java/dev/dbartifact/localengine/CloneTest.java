package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.Tag;

/// Clusters that are made from others: what they take from them, and what not.
class CloneTest extends EngineFixture {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.storage.ClusterCreation");

  @Test
  void aCloneTakesItsDataFromTheSource() {
    var prod = unusual();
    engine.restore("dev", "prod");
    var dev = engine.await("dev", each -> each.status().equals("available"));

    assertThat(engine.volume(dev).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
    assertThat(dev.engineVersion()).isEqualTo("15.4").isEqualTo(prod.engineVersion());
    assertThat(dev.masterUsername()).isEqualTo("shop");
    assertThat(dev.databaseName()).isEqualTo("orders");
    assertThat(dev.backupRetentionPeriod()).isEqualTo(7);
    assertThat(dev.cloneGroupId()).isNotNull().isEqualTo(engine.describe("prod").cloneGroupId());
  }

  @Test
  void aCloneTakesDefaultsForTheRest() {
    var prod = unusual();
    engine.restore("dev", "prod");
    var dev = engine.await("dev", each -> each.status().equals("available"));

    assertThat(dev.port()).isEqualTo(5432);
    assertThat(dev.deletionProtection()).isFalse();
    assertThat(dev.copyTagsToSnapshot()).isFalse();
    assertThat(dev.iamDatabaseAuthenticationEnabled()).isFalse();
    assertThat(dev.storageType()).isNull();
    assertThat(dev.vpcSecurityGroups())
        .singleElement()
        .satisfies(
            group -> assertThat(group.vpcSecurityGroupId()).isEqualTo("sg-0a100000000000001"));
    assertThat(dev.enabledCloudwatchLogsExports()).isEmpty();
    assertThat(dev.tagList()).isEmpty();
    assertThat(dev.dbClusterMembers()).isEmpty();
    assertThat(dev.endpoint()).isNotEqualTo(prod.endpoint());
  }

  /// Where its storage is; a full copy may be elsewhere. Clusters of earlier engines are in the
  /// zones that were asked for.
  @Test
  void aCloneIsInTheZonesOfItsSource() throws Exception {
    var prod = engine.cluster("prod");
    remembering(
        "clusters/" + storage(prod).value() + ".json",
        settings -> settings.putArray("AvailabilityZones").add("us-west-2b"));
    engine.await("prod", each -> each.status().equals("available"));

    assertThat(engine.restore("dev", "prod").availabilityZones()).containsExactly("us-west-2b");
    assertThat(fullCopy("copy", "prod").availabilityZones())
        .containsExactly("us-west-2a", "us-west-2b", "us-west-2c");
  }

  private DBCluster fullCopy(String id, String source) {
    return engine
        .rds
        .restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier(id)
                .sourceDBClusterIdentifier(source)
                .useLatestRestorableTime(true))
        .dbCluster();
  }

  /// With much that is not as it is by default.
  private DBCluster unusual() {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion("15.4")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .databaseName("orders")
            .backupRetentionPeriod(7)
            .port(5444)
            .deletionProtection(true)
            .copyTagsToSnapshot(true)
            .enableIAMDatabaseAuthentication(true)
            .storageType("aurora-iopt1")
            .vpcSecurityGroupIds("sg-0123456789abcdef0")
            .enableCloudwatchLogsExports("postgresql")
            .tags(Tag.builder().key("team").value("orders").build()));
    engine.createInstance("prod-1", "prod");
    return engine.await("prod", each -> each.status().equals("available"));
  }

  @Test
  void aCloneNeedsAnAvailableSourceWithAnInstance() {
    host.hold();
    engine.create("prod");
    assertThatThrownBy(() -> engine.restore("dev", "prod"))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("creating");

    host.release();
    engine.await("prod", each -> each.status().equals("available"));
    assertThatThrownBy(() -> engine.restore("dev", "prod"))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("no DB instances");
    assertThatThrownBy(() -> engine.restore("dev", "nope"))
        .isInstanceOf(DbClusterNotFoundException.class);
  }

  @Test
  void aFailedCloneSaysSoAndCanBeDeleted() {
    engine.cluster("prod");
    host.failWith(new HostException.OutOfSpace("The pool is full"));

    engine.restore("dev", "prod");
    var dev = engine.await("dev", each -> each.status().equals("cloning-failed"));
    assertThat(dev.statusInfos())
        .singleElement()
        .satisfies(why -> assertThat(why.message()).isEqualTo("The pool is full"));

    host.failWith(null);
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
  }

  @Test
  void aClusterThatWasNeverMadeHasNothingForAFinalSnapshot() {
    engine.cluster("prod");
    host.failWith(new HostException.OutOfSpace("The pool is full"));
    engine.restore("dev", "prod");
    engine.create("shop");
    var failed =
        List.of(
            engine.await("dev", each -> each.status().equals("cloning-failed")),
            engine.await("shop", each -> each.status().equals("failed")));
    host.failWith(null);

    for (var cluster : failed) {
      var id = cluster.dbClusterIdentifier();
      assertThatThrownBy(() ->
              engine.rds.deleteDBCluster(
                  r -> r.dbClusterIdentifier(id).finalDBSnapshotIdentifier("last")))
          .isInstanceOf(InvalidDbClusterStateException.class)
          .hasMessageContaining("Set SkipFinalSnapshot");
      assertThat(engine.describe(id)).isEqualTo(cluster);
      engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(id).skipFinalSnapshot(true));
      engine.awaitGone(id);
    }
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots())
        .extracting(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .doesNotContain("last");
  }

  @Test
  void theSourceMayGoBeforeItsClone() {
    engine.cluster("prod");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("available"));

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));
    engine.awaitGone("prod");

    assertThat(engine.volume(engine.describe("dev"))).isNotNull();
  }
}
