package dev.dbartifact.localengine.conformance;

import static dev.dbartifact.localengine.conformance.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance.Check;
import java.util.List;
import software.amazon.awssdk.services.rds.model.Tag;

/// What AWS says of RDS and Aurora, each as something to be tried. See the API Reference of Amazon
/// RDS, and "Cloning a volume for an Amazon Aurora DB cluster" in the Aurora User Guide.
final class Checks {

  static final List<Check> ALL =
      List.of(
          of("what is not there is not found", Checks::notFound),
          of("a name is taken once", Checks::takenOnce),
          of("what is made is creating before it is available", Checks::creating),
          of("what is deleted is deleting before it is gone", Checks::deleting),
          of("a cluster with instances is not deleted", Checks::instancesLeft),
          of("a protected cluster is not deleted", Checks::deletionProtection),
          of("a clone has the data of its source", Checks::cloneHasData),
          of("source and clone go their own ways", Checks::isolation),
          of("a copy-on-write clone shares its blocks", Checks::cloneShares),
          of("a full copy shares nothing", Checks::copySharesNothing),
          of("a restore takes defaults for its settings", Checks::defaults),
          of("a new password is soon the only one", Checks::password),
          of("what is not to be applied at once is pending", Checks::pending),
          of("a stopped cluster lets nobody in", Checks::stopped),
          of("a cluster that does not run can be restored", Checks::restoredAtRest));

  private Checks() {}

  @FunctionalInterface
  private interface Body {
    void run(Clusters clusters) throws Exception;
  }

  private static Check of(String name, Body body) {
    return new Check(name, (endpoint, prefix) -> body.run(new Clusters(endpoint, prefix)));
  }

  private static void notFound(Clusters clusters) {
    refused("DBClusterNotFoundFault", 404, () -> clusters.describe("none"));
    refused(
        "DBClusterNotFoundFault",
        404,
        () ->
            clusters.rds.deleteDBCluster(
                r -> r.dbClusterIdentifier("none").skipFinalSnapshot(true)));
    refused("DBClusterNotFoundFault", 404, () -> clusters.restore("dev", "none", "copy-on-write"));
    refused("DBClusterNotFoundFault", 404, () -> clusters.createInstance("none"));
    refused("DBInstanceNotFound", 404, () -> clusters.instance("none"));
  }

  private static void takenOnce(Clusters clusters) {
    clusters.create("one");
    refused("DBClusterAlreadyExistsFault", 400, () -> clusters.create("one"));
    clusters.start("one");
    refused(
        "DBClusterAlreadyExistsFault", 400, () -> clusters.restore("one", "one", "copy-on-write"));
  }

  private static void creating(Clusters clusters) {
    assertThat(clusters.create("prod").status()).isEqualTo("creating");
    var instance = clusters.createInstance("prod");
    assertThat(instance.dbInstanceStatus()).isEqualTo("creating");
    clusters.await("prod", "available");
    assertThat(clusters.restore("dev", "prod", "copy-on-write").status()).isEqualTo("creating");
    clusters.await("dev", "available");
  }

  private static void deleting(Clusters clusters) {
    clusters.running("prod");
    var instance = clusters.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(name1(clusters)));
    assertThat(instance.dbInstance().dbInstanceStatus()).isEqualTo("deleting");
    var cluster =
        clusters.rds.deleteDBCluster(
            r -> r.dbClusterIdentifier(clusters.name("prod")).skipFinalSnapshot(true));
    assertThat(cluster.dbCluster().status()).isEqualTo("deleting");
    clusters.awaitGone("prod");
  }

  private static String name1(Clusters clusters) {
    return clusters.name("prod") + "-1";
  }

  private static void instancesLeft(Clusters clusters) {
    clusters.running("prod");
    refused("InvalidDBClusterStateFault", 400, () -> delete(clusters));
    assertThat(clusters.describe("prod").status()).isEqualTo("available");
  }

  private static void deletionProtection(Clusters clusters) {
    clusters.create("prod");
    clusters.await("prod", "available");
    clusters.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(clusters.name("prod")).deletionProtection(true));
    refused("InvalidParameterCombination", 400, () -> delete(clusters));
    assertThat(clusters.describe("prod").status()).isEqualTo("available");
  }

  private static void delete(Clusters clusters) {
    clusters.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier(clusters.name("prod")).skipFinalSnapshot(true));
  }

  private static void cloneHasData(Clusters clusters) throws Exception {
    clusters.running("prod");
    clusters.write("prod", "before");
    clusters.restore("dev", "prod", "copy-on-write");
    clusters.start("dev");
    assertThat(clusters.read("dev")).containsExactly("before");
    var clone = clusters.describe("dev");
    assertThat(clone.cloneGroupId())
        .isNotNull()
        .isEqualTo(clusters.describe("prod").cloneGroupId());
    assertThat(clone.dbClusterResourceId())
        .isNotEqualTo(clusters.describe("prod").dbClusterResourceId());
  }

  private static void isolation(Clusters clusters) throws Exception {
    clusters.running("prod");
    clusters.write("prod", "before");
    clusters.restore("dev", "prod", "copy-on-write");
    clusters.start("dev");
    clusters.write("dev", "by the clone");
    clusters.write("prod", "by the source");
    assertThat(clusters.read("dev")).containsExactly("before", "by the clone");
    assertThat(clusters.read("prod")).containsExactly("before", "by the source");
  }

  private static void cloneShares(Clusters clusters) {
    clusters.running("prod");
    clusters.restore("dev", "prod", "copy-on-write");
    clusters.await("dev", "available");
    var bytes = clusters.bytes("dev");
    assertThat(bytes.shared()).as("shared of %s", bytes).isGreaterThan(bytes.total() / 2);
  }

  private static void copySharesNothing(Clusters clusters) {
    clusters.running("prod");
    clusters.restore("dev", "prod", "full-copy");
    clusters.await("dev", "available");
    assertThat(clusters.bytes("dev").shared()).isZero();
  }

  private static void defaults(Clusters clusters) {
    clusters.rds.createDBCluster(r ->
        r.dbClusterIdentifier(clusters.name("prod"))
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(Clusters.PASSWORD)
            .port(5999)
            .backupRetentionPeriod(9)
            .deletionProtection(true)
            .copyTagsToSnapshot(true)
            .tags(Tag.builder().key("team").value("orders").build()));
    clusters.start("prod");
    clusters.restore("dev", "prod", "full-copy");
    clusters.await("dev", "available");
    var copy = clusters.describe("dev");
    assertThat(copy.deletionProtection()).as("deletion protection").isFalse();
    assertThat(copy.copyTagsToSnapshot()).as("copy tags to snapshot").isFalse();
    assertThat(copy.port()).as("port").isEqualTo(5432);
    assertThat(copy.tagList()).as("tags").isEmpty();
    assertThat(copy.backupRetentionPeriod()).as("backup retention").isEqualTo(9);
    assertThat(copy.masterUsername()).as("master user").isEqualTo("shop");
  }

  private static void password(Clusters clusters) {
    clusters.running("prod");
    assertThat(clusters.letsIn("prod", Clusters.PASSWORD)).isTrue();
    var answered =
        clusters.rds.modifyDBCluster(r ->
            r.dbClusterIdentifier(clusters.name("prod"))
                .masterUserPassword("battery-staple")
                .applyImmediately(true));
    assertThat(answered.dbCluster().status()).isEqualTo("available");
    clusters.await("the new password", () -> clusters.letsIn("prod", "battery-staple"));
    assertThat(clusters.letsIn("prod", Clusters.PASSWORD)).as("lets the old one in").isFalse();
  }

  private static void pending(Clusters clusters) {
    clusters.create("prod");
    clusters.await("prod", "available");
    clusters.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(clusters.name("prod")).backupRetentionPeriod(9));
    var waiting = clusters.describe("prod");
    assertThat(waiting.backupRetentionPeriod()).isEqualTo(1);
    assertThat(waiting.pendingModifiedValues().backupRetentionPeriod()).isEqualTo(9);
    clusters.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier(clusters.name("prod"))
            .backupRetentionPeriod(9)
            .applyImmediately(true));
    clusters.await("prod", cluster -> cluster.backupRetentionPeriod() == 9);
  }

  private static void stopped(Clusters clusters) throws Exception {
    clusters.running("prod");
    clusters.write("prod", "before");
    var answer =
        clusters.rds.stopDBCluster(r -> r.dbClusterIdentifier(clusters.name("prod"))).dbCluster();
    assertThat(answer.status()).as("before it stops").isEqualTo("available");
    clusters.await("prod", "stopped");
    assertThat(clusters.letsIn("prod", Clusters.PASSWORD)).as("lets somebody in").isFalse();
    var started =
        clusters.rds.startDBCluster(r -> r.dbClusterIdentifier(clusters.name("prod"))).dbCluster();
    assertThat(started.status()).as("before it starts").isEqualTo("stopped");
    clusters.await("prod", "available");
    assertThat(clusters.read("prod")).containsExactly("before");
  }

  /// See "Stopping and starting an Amazon Aurora DB cluster" in the Aurora User Guide.
  private static void restoredAtRest(Clusters clusters) throws Exception {
    clusters.running("prod");
    clusters.write("prod", "before");
    clusters.rds.stopDBCluster(r -> r.dbClusterIdentifier(clusters.name("prod")));
    clusters.await("prod", "stopped");
    clusters.restore("dev", "prod", "full-copy");
    clusters.start("dev");
    assertThat(clusters.read("dev")).containsExactly("before");
    assertThat(clusters.describe("prod").status()).isEqualTo("stopped");

    clusters.create("bare");
    clusters.await("bare", "available");
    clusters.restore("copy", "bare", "full-copy");
    clusters.await("copy", "available");
  }
}
