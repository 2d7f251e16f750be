package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.Tag;

/// Read replicas of plain instances.
class ReadReplicaTest extends ReadReplicaFixture {

  @Test
  void anInstanceWithoutReplicasShowsNone() {
    var own = source(_ -> {});
    assertThat(own.readReplicaDBInstanceIdentifiers()).isEmpty();
    assertThat(own.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(own.statusInfos()).isEmpty();
  }

  @Test
  void aReplicaFollowsItsSourceAndBothSaySo() {
    source(_ -> {});
    assertThat(create("copy", _ -> {}).dbInstanceStatus()).isEqualTo("creating");
    var copy = until("copy", "available");
    var own = engine.describeInstance("own");

    assertThat(host.followed).containsExactly(Map.entry(storage(copy), storage(own)));
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    assertThat(own.readReplicaDBInstanceIdentifiers()).containsExactly("copy");
    assertThat(copy.statusInfos())
        .containsExactly(
            DBInstanceStatusInfo.builder()
                .statusType("read replication")
                .normal(true)
                .status("replicating")
                .build());
    assertThat(copy.endpoint().address()).isNotEqualTo(own.endpoint().address());
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
  }

  @Test
  void itInheritsWhatRdsInheritsAndHasNoBackups() {
    source(r ->
        r.port(5999)
            .dbName("orders")
            .engineVersion("17.4")
            .deletionProtection(true)
            .multiAZ(true)
            .backupRetentionPeriod(9)
            .tags(Tag.builder().key("team").value("orders").build()));
    var copy = replica("copy");

    assertThat(copy.endpoint().port()).isEqualTo(5999);
    assertThat(copy.dbName()).isEqualTo("orders");
    assertThat(copy.engineVersion()).isEqualTo("17.4");
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.small");
    assertThat(copy.allocatedStorage()).isEqualTo(30);
    assertThat(copy.masterUsername()).isEqualTo("shop");
    assertThat(copy.backupRetentionPeriod()).isZero();
    assertThat(copy.latestRestorableTime()).isNull();
    assertThat(copy.deletionProtection()).isFalse();
    assertThat(copy.multiAZ()).isFalse();
    assertThat(copy.tagList()).isEmpty();
  }

  @Test
  void whatTheRequestSaysCounts() {
    source(_ -> {});
    create("copy", r -> r.port(5998).dbInstanceClass("db.t4g.large").deletionProtection(true));
    var copy = until("copy", "available");
    assertThat(copy.endpoint().port()).isEqualTo(5998);
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.large");
    assertThat(copy.deletionProtection()).isTrue();
  }

  @Test
  void aPromotedReplicaIsAnInstanceLikeAnyOther() {
    var own = source(_ -> {});
    var copy = replica("copy");
    assertThat(promote("copy").dbInstanceStatus()).isEqualTo("modifying");

    var promoted = until("copy", "available");
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.statusInfos()).isEmpty();
    assertThat(promoted.backupRetentionPeriod()).isEqualTo(1);
    assertThat(promoted.endpoint()).isEqualTo(copy.endpoint());
    assertThat(promoted.dbiResourceId()).isEqualTo(copy.dbiResourceId());
    assertThat(engine.describeInstance("own").readReplicaDBInstanceIdentifiers()).isEmpty();
    assertThat(host.followed).isEmpty();
    assertThat(host.running(storage(own))).isTrue();
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("s"));
    refused("InvalidDBInstanceState", "is not a read replica", () -> promote("own"));
  }

  @Test
  void aPromotionAsksForNoValueThatWasRefused() {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("tuned").dbParameterGroupFamily("postgres17").description("d"));
    source(_ -> {});
    create("copy", r -> r.dbParameterGroupName("tuned"));
    until("copy", "available");
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("tuned")
            .parameters(
                ParameterFixture.parameter("search_path", FakeParameters.SENSELESS, "immediate")));
    TestEngine.await("the refusal", () -> status("copy").equals("failed-to-apply"));

    promote("copy");

    until("copy", "available");
    assertThat(status("copy")).isEqualTo("failed-to-apply");
  }

  private String status(String id) {
    return engine.describeInstance(id).dbParameterGroups().getFirst().parameterApplyStatus();
  }

  @Test
  void aReplicaOfADeletedSourceIsPromoted() {
    source(_ -> {});
    replica("copy");
    replica("other");
    delete("own");
    engine.awaitInstanceGone("own");

    for (var id : List.of("copy", "other")) {
      var left = until(id, "available");
      assertThat(left.readReplicaSourceDBInstanceIdentifier()).isNull();
      assertThat(host.running(storage(left))).isTrue();
    }
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).hasSize(2);
  }

  @Test
  void aSourceIsNotDeletedWhileAReplicaIsBeingMade() {
    source(_ -> {});
    host.hold();
    create("copy", _ -> {});
    refused("InvalidDBInstanceState", "is being created", () -> delete("own"));
    host.release();
    until("copy", "available");
    delete("own");
    engine.awaitInstanceGone("own");
  }

  @Test
  void aDeletedReplicaLeavesItsSourceAndNothingElse() {
    source(_ -> {});
    replica("copy");
    refused(
        "InvalidParameterCombination",
        "can not be specified when deleting a replica instance",
        () ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("copy").finalDBSnapshotIdentifier("last")));
    delete("copy");
    engine.awaitInstanceGone("copy");
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).hasSize(1);
    assertThat(engine.describeInstance("own").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  @Test
  void aReplicaThatCannotBeMadeSaysSoAndGoes() {
    source(_ -> {});
    host.failNextStartWith(new HostException("the disk is full"));
    create("copy", _ -> {});
    var failed = until("copy", "failed");
    assertThat(failed.statusInfos().getFirst().message()).contains("the disk is full");
    delete("copy");
    engine.awaitInstanceGone("copy");
    assertThat(host.volumes).hasSize(1);
  }

  @Test
  void aRebootedReplicaFollowsAgain() {
    source(_ -> {});
    replica("copy");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("copy"));
    until("copy", "available");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void replicasAreUpgradedWithTheirSource() {
    source(r -> r.engineVersion("17.4"));
    replica("copy");
    modify("own", r -> r.engineVersion("17.5").applyImmediately(true));
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void replicasFindTheirSourceAtItsNewPort() {
    source(_ -> {});
    replica("copy");
    modify("own", r -> r.dbPortNumber(5999));
    assertThat(engine.describeInstance("copy").dbInstanceStatus()).isIn("rebooting", "available");
    var copy = until("copy", "available");
    assertThat(copy.endpoint().port()).isEqualTo(5432);
    assertThat(until("own", "available").endpoint().port()).isEqualTo(5999);
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void whatRdsRefusesIsRefused() {
    source(r -> r.backupRetentionPeriod(0));
    refused(
        "InvalidDBInstanceState",
        "Automated backups are not enabled for this database instance",
        () -> create("copy", _ -> {}));
    modify("own", r -> r.backupRetentionPeriod(1).applyImmediately(true));
    replica("copy");

    refused("DBInstanceAlreadyExists", "already exists", () -> create("copy", _ -> {}));
    refused(
        "DBInstanceNotFound", "none", () -> create("x", r -> r.sourceDBInstanceIdentifier("none")));
    refused(
        "InvalidParameterValue",
        "source to read replicas",
        () -> modify("own", r -> r.backupRetentionPeriod(0)));
    for (var id : List.of("own", "copy")) {
      refused(
          "InvalidDBInstanceState",
          "cannot be stopped",
          () -> engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier(id)));
    }
    refused(
        "InvalidParameterCombination",
        "is that of its source",
        () -> modify("copy", r -> r.masterUserPassword("battery-staple")));
    refused(
        "InvalidParameterCombination",
        "is a read replica",
        () -> modify("copy", r -> r.backupRetentionPeriod(3)));
    refused(
        "InvalidDBInstanceState",
        "is a read replica",
        () ->
            engine.rds.createDBSnapshot(
                r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("s")));
  }

  @Test
  void membersOfClustersHaveNone() {
    engine.cluster("prod");
    refused(
        "InvalidParameterValue",
        "use the CreateDBInstance API",
        () -> create("copy", r -> r.sourceDBInstanceIdentifier("prod-1")));
  }

  @Test
  void aFormulaKnowsWhetherItIsCountedForAReplica() {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily("postgres17").description("d"));
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("SUM({TrueIfReplica*1000},4000)")
                    .applyMethod(ApplyMethod.IMMEDIATE)
                    .build()));
    var source = storage(source(r -> r.dbParameterGroupName("own")));
    var replica = storage(replica("copy"));
    assertThat(host.parameters.get(source)).containsEntry("work_mem", "4000");
    assertThat(host.parameters.get(replica)).containsEntry("work_mem", "5000");

    promote("copy");
    until("copy", "available");
    assertThat(host.parameters.get(replica)).containsEntry("work_mem", "4000");
  }
}
