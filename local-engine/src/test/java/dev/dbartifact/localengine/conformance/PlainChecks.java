package dev.dbartifact.localengine.conformance;

import static dev.dbartifact.localengine.conformance.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance.Check;
import java.util.List;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.Tag;

/// What AWS says of the life of a DB instance that is in no DB cluster. See the API Reference of
/// Amazon RDS, and "Modifying an Amazon RDS DB instance" and "Rebooting a DB instance" in the
/// Amazon RDS User Guide.
final class PlainChecks {

  static final List<Check> ALL =
      List.of(
          of("an instance that is not there is not found", PlainChecks::notFound),
          of("the name of an instance is taken once", PlainChecks::takenOnce),
          of("an instance is creating before it is available", PlainChecks::creating),
          of("an instance is described as it was asked for", PlainChecks::described),
          of("an instance is deleting before it is gone", PlainChecks::deleting),
          of("a protected instance is not deleted", PlainChecks::deletionProtection),
          of("a change of an instance waits unless it is wanted at once", PlainChecks::pending),
          of("what waits is taken back by what there is", PlainChecks::takenBack),
          of("a reboot makes no change that waits", PlainChecks::rebootLeavesPending),
          of("a static parameter counts from the next reboot", PlainChecks::staticParameter),
          of("a new password of an instance is soon the only one", PlainChecks::password),
          of("a stopped instance lets nobody in", PlainChecks::stopped),
          of("the tags of an instance can be changed", PlainChecks::tags));

  private PlainChecks() {}

  @FunctionalInterface
  interface Body {
    void run(PlainInstances instances) throws Exception;
  }

  static Check of(String name, Body body) {
    return new Check(name, (endpoint, prefix) -> body.run(new PlainInstances(endpoint, prefix)));
  }

  private static void notFound(PlainInstances instances) {
    refused("DBInstanceNotFound", 404, () -> instances.describe("none"));
    refused("DBInstanceNotFound", 404, () -> instances.modify("none", _ -> {}));
    refused("DBInstanceNotFound", 404, () -> instances.reboot("none"));
    refused("DBInstanceNotFound", 404, () -> instances.delete("none"));
    refused("DBInstanceNotFound", 404, () -> instances.snapshot("before", "none"));
    refused("DBSnapshotNotFound", 404, () -> instances.restore("copy", "none"));
    refused(
        "DBInstanceNotFound",
        404,
        () -> instances.restore("copy", "none", r -> r.useLatestRestorableTime(true)));
  }

  private static void takenOnce(PlainInstances instances) {
    instances.running("one");
    refused("DBInstanceAlreadyExists", 400, () -> instances.create("one"));
    instances.taken("before", "one");
    refused("DBInstanceAlreadyExists", 400, () -> instances.restore("one", "before"));
    refused("DBSnapshotAlreadyExists", 400, () -> instances.snapshot("before", "one"));
  }

  private static void creating(PlainInstances instances) {
    var created = instances.create("shop");
    assertThat(created.dbInstanceStatus()).isEqualTo("creating");
    assertThat(created.endpoint()).as("endpoint while it is creating").isNull();
    instances.await("shop", "available");
    assertThat(instances.letsIn("shop", PlainInstances.PASSWORD)).as("lets one in").isTrue();
  }

  private static void described(PlainInstances instances) {
    instances.create("shop", r -> r.port(5999).backupRetentionPeriod(9).dbName("orders"));
    instances.await("shop", "available");
    var shop = instances.describe("shop");
    assertThat(shop.engine()).isEqualTo("postgres");
    assertThat(shop.dbClusterIdentifier()).as("cluster").isNull();
    assertThat(shop.endpoint().port()).as("port").isEqualTo(5999);
    assertThat(shop.backupRetentionPeriod()).as("retention").isEqualTo(9);
    assertThat(shop.dbName()).isEqualTo("orders");
    assertThat(shop.masterUsername()).isEqualTo("shop");
    assertThat(shop.allocatedStorage()).isEqualTo(20);
    assertThat(shop.dbInstanceClass()).isEqualTo("db.t4g.medium");
    assertThat(shop.deletionProtection()).as("protection").isFalse();
    assertThat(shop.autoMinorVersionUpgrade()).as("minor upgrades").isTrue();
    assertThat(shop.dbiResourceId()).startsWith("db-");
    assertThat(shop.dbInstanceArn()).endsWith(":db:" + instances.name("shop"));
    assertThat(shop.pendingModifiedValues()).isEqualTo(nothing());
    assertThat(instances.rds.describeDBClusters().dbClusters())
        .as("DB clusters of its name")
        .noneMatch(each -> each.dbClusterIdentifier().equals(instances.name("shop")));
  }

  private static PendingModifiedValues nothing() {
    return PendingModifiedValues.builder().build();
  }

  private static void deleting(PlainInstances instances) {
    instances.running("shop");
    assertThat(instances.delete("shop").dbInstanceStatus()).isEqualTo("deleting");
    instances.awaitGone("shop");
  }

  private static void deletionProtection(PlainInstances instances) {
    instances.create("shop", r -> r.deletionProtection(true));
    instances.await("shop", "available");
    refused("InvalidParameterCombination", 400, () -> instances.delete("shop"));
    assertThat(instances.describe("shop").dbInstanceStatus()).isEqualTo("available");
  }

  private static void pending(PlainInstances instances) {
    instances.running("shop");
    instances.modify("shop", r -> r.dbInstanceClass("db.t4g.large").allocatedStorage(40));
    var waiting = instances.describe("shop");
    assertThat(waiting.dbInstanceClass()).isEqualTo("db.t4g.medium");
    assertThat(waiting.allocatedStorage()).isEqualTo(20);
    assertThat(waiting.pendingModifiedValues().dbInstanceClass()).isEqualTo("db.t4g.large");
    assertThat(waiting.pendingModifiedValues().allocatedStorage()).isEqualTo(40);

    // "Your new changes and any changes in the pending modifications queue are applied."
    instances.modify("shop", r -> r.applyImmediately(true));
    instances.await("shop", each -> each.dbInstanceClass().equals("db.t4g.large"));
    instances.await("shop", each -> each.allocatedStorage() == 40);
    instances.await("shop", each -> each.pendingModifiedValues().equals(nothing()));
  }

  private static void takenBack(PlainInstances instances) {
    instances.running("shop");
    instances.modify("shop", r -> r.dbInstanceClass("db.t4g.large"));
    instances.modify("shop", r -> r.dbInstanceClass("db.t4g.medium").applyImmediately(true));
    instances.await("shop", each -> each.pendingModifiedValues().equals(nothing()));
    assertThat(instances.describe("shop").dbInstanceClass()).isEqualTo("db.t4g.medium");
  }

  private static void rebootLeavesPending(PlainInstances instances) {
    instances.running("shop");
    instances.modify("shop", r -> r.dbInstanceClass("db.t4g.large"));
    assertThat(instances.reboot("shop").dbInstanceStatus()).isEqualTo("rebooting");
    instances.await("shop", "available");
    var waiting = instances.describe("shop");
    assertThat(waiting.dbInstanceClass()).isEqualTo("db.t4g.medium");
    assertThat(waiting.pendingModifiedValues().dbInstanceClass()).isEqualTo("db.t4g.large");
  }

  private static void staticParameter(PlainInstances instances) {
    instances.running("shop");
    var group = instances.name("group");
    instances.rds.createDBParameterGroup(r ->
        r.dbParameterGroupName(group)
            .dbParameterGroupFamily(family(instances))
            .description("of a check"));
    instances.modify("shop", r -> r.dbParameterGroupName(group).applyImmediately(true));
    instances.reboot("shop");
    instances.await("shop", each -> applied(each, "in-sync"));
    instances.rds.modifyDBParameterGroup(
        r -> r.dbParameterGroupName(group).parameters(connections()));
    instances.await("shop", each -> applied(each, "pending-reboot"));
    instances.reboot("shop");
    instances.await("shop", each -> applied(each, "in-sync"));
  }

  private static String family(PlainInstances instances) {
    var version = instances.describe("shop").engineVersion();
    return instances
        .rds
        .describeDBEngineVersions(r -> r.engine("postgres").engineVersion(version))
        .dbEngineVersions()
        .getFirst()
        .dbParameterGroupFamily();
  }

  private static Parameter connections() {
    return Parameter.builder()
        .parameterName("max_connections")
        .parameterValue("77")
        .applyMethod(ApplyMethod.PENDING_REBOOT)
        .build();
  }

  private static boolean applied(
      software.amazon.awssdk.services.rds.model.DBInstance instance, String status) {
    return instance.dbInstanceStatus().equals("available")
        && instance.dbParameterGroups().getFirst().parameterApplyStatus().equals(status);
  }

  private static void password(PlainInstances instances) {
    instances.running("shop");
    var answered = instances.modify("shop", r -> r.masterUserPassword("battery-staple"));
    assertThat(answered.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    instances.await("the new password", () -> instances.letsIn("shop", "battery-staple"));
    assertThat(instances.letsIn("shop", PlainInstances.PASSWORD))
        .as("lets the old one in")
        .isFalse();
  }

  private static void stopped(PlainInstances instances) throws Exception {
    instances.running("shop");
    instances.write("shop", "before");
    refused("InvalidDBInstanceState", 400, () -> start(instances));
    var stopping =
        instances.rds.stopDBInstance(r -> r.dbInstanceIdentifier(instances.name("shop")));
    assertThat(stopping.dbInstance().dbInstanceStatus()).isEqualTo("stopping");
    instances.await("shop", "stopped");
    assertThat(instances.letsIn("shop", PlainInstances.PASSWORD)).as("lets somebody in").isFalse();
    refused("InvalidDBInstanceState", 400, () -> instances.reboot("shop"));
    assertThat(start(instances)).isEqualTo("starting");
    instances.await("shop", "available");
    assertThat(instances.read("shop")).containsExactly("before");
  }

  private static String start(PlainInstances instances) {
    return instances
        .rds
        .startDBInstance(r -> r.dbInstanceIdentifier(instances.name("shop")))
        .dbInstance()
        .dbInstanceStatus();
  }

  private static void tags(PlainInstances instances) {
    instances.create("shop", r -> r.tags(tag("team", "orders"), tag("stage", "new")));
    instances.await("shop", "available");
    var arn = instances.describe("shop").dbInstanceArn();
    instances.rds.addTagsToResource(r -> r.resourceName(arn).tags(tag("team", "returns")));
    instances.rds.removeTagsFromResource(r -> r.resourceName(arn).tagKeys("stage"));
    assertThat(instances.rds.listTagsForResource(r -> r.resourceName(arn)).tagList())
        .containsExactly(tag("team", "returns"));
    assertThat(instances.describe("shop").tagList()).containsExactly(tag("team", "returns"));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
