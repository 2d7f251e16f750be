package dev.dbartifact.localengine.conformance;

import static dev.dbartifact.localengine.conformance.PlainChecks.of;
import static dev.dbartifact.localengine.conformance.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.conformance.Conformance.Check;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What AWS says of the read replicas of plain instances. See "Working with DB instance read
/// replicas" in the Amazon RDS User Guide.
final class PlainReplicaChecks {

  static final List<Check> ALL =
      List.of(
          of("a read replica and its source name each other", PlainReplicaChecks::named),
          of("a read replica has what its source has", PlainReplicaChecks::follows),
          of("a promoted replica goes its own way", PlainReplicaChecks::promoted),
          of("a replica outlives its source", PlainReplicaChecks::outlives),
          of("a replica has no final snapshot", PlainReplicaChecks::noSnapshot),
          of("a source needs backups", PlainReplicaChecks::backups));

  private PlainReplicaChecks() {}

  private static DBInstance create(PlainInstances instances) {
    return instances
        .rds
        .createDBInstanceReadReplica(r ->
            r.dbInstanceIdentifier(instances.name("copy"))
                .sourceDBInstanceIdentifier(instances.name("shop")))
        .dbInstance();
  }

  private static void running(PlainInstances instances) {
    instances.running("shop");
    create(instances);
    instances.await("copy", "available");
  }

  private static DBInstance promote(PlainInstances instances) {
    return instances
        .rds
        .promoteReadReplica(r -> r.dbInstanceIdentifier(instances.name("copy")))
        .dbInstance();
  }

  private static void awaitWords(PlainInstances instances, String... words) {
    instances.await("the words of the source", () -> instances.read("copy").equals(List.of(words)));
  }

  private static void named(PlainInstances instances) {
    instances.running("shop");
    assertThat(create(instances).dbInstanceStatus()).isEqualTo("creating");
    instances.await("copy", "available");
    var copy = instances.describe("copy");
    var shop = instances.describe("shop");
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo(shop.dbInstanceIdentifier());
    assertThat(shop.readReplicaDBInstanceIdentifiers())
        .containsExactly(copy.dbInstanceIdentifier());
    assertThat(copy.backupRetentionPeriod()).as("retention").isZero();
    assertThat(copy.statusInfos())
        .singleElement()
        .satisfies(info -> {
          assertThat(info.statusType()).isEqualTo("read replication");
          assertThat(info.status()).isEqualTo("replicating");
          assertThat(info.normal()).isTrue();
        });
  }

  private static void follows(PlainInstances instances) throws Exception {
    instances.running("shop");
    instances.write("shop", "before");
    create(instances);
    instances.await("copy", "available");
    instances.write("shop", "after");
    awaitWords(instances, "before", "after");
    assertThatThrownBy(() -> instances.write("copy", "mine"))
        .as("a word for the replica")
        .isInstanceOf(Databases.Refused.class);
    assertThat(instances.read("shop")).containsExactly("before", "after");
  }

  private static void promoted(PlainInstances instances) throws Exception {
    running(instances);
    instances.write("shop", "before");
    awaitWords(instances, "before");
    assertThat(promote(instances).dbInstanceStatus()).isEqualTo("modifying");
    instances.await("copy", "available");
    instances.write("copy", "by the replica");
    instances.write("shop", "by the source");
    assertThat(instances.read("copy")).containsExactly("before", "by the replica");
    assertThat(instances.read("shop")).containsExactly("before", "by the source");
    assertThat(instances.describe("copy").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(instances.describe("shop").readReplicaDBInstanceIdentifiers()).isEmpty();
    refused("InvalidDBInstanceState", 400, () -> promote(instances));
  }

  private static void outlives(PlainInstances instances) throws Exception {
    running(instances);
    instances.write("shop", "before");
    awaitWords(instances, "before");
    instances.delete("shop");
    instances.awaitGone("shop");
    instances.await("copy", "available");
    instances.write("copy", "after");
    assertThat(instances.read("copy")).containsExactly("before", "after");
    assertThat(instances.describe("copy").readReplicaSourceDBInstanceIdentifier()).isNull();
  }

  private static void noSnapshot(PlainInstances instances) {
    running(instances);
    refused(
        "InvalidParameterCombination",
        400,
        () ->
            instances.rds.deleteDBInstance(r ->
                r.dbInstanceIdentifier(instances.name("copy"))
                    .finalDBSnapshotIdentifier(instances.name("last"))));
    instances.delete("copy");
    instances.awaitGone("copy");
    assertThat(instances.describe("shop").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  private static void backups(PlainInstances instances) {
    instances.create("shop", r -> r.backupRetentionPeriod(0));
    instances.await("shop", "available");
    refused("InvalidDBInstanceState", 400, () -> create(instances));
  }
}
