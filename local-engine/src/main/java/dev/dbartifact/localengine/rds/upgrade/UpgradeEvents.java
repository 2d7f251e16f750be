package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.work.Events;
import java.util.List;

/// What RDS tells of an upgrade to another major version. Of clusters in the words of "Aurora MySQL
/// in-place upgrade tutorial" in the Aurora User Guide, of plain instances in those of "Amazon RDS
/// event categories and event messages" in the Amazon RDS User Guide.
public final class UpgradeEvents {

  private static final String MAINTENANCE = "maintenance";

  private final Events events;

  public UpgradeEvents(Events events) {
    this.events = events;
  }

  void checking(Cluster cluster) {
    tell(
        cluster,
        "Upgrade in progress: Performing online pre-upgrade checks.",
        "The pre-check started for the DB engine version upgrade.");
  }

  void checked(Cluster cluster) {
    if (cluster.isPlain()) {
      events.ofCluster(
          cluster, MAINTENANCE, "The pre-check finished for the DB engine version upgrade.");
    }
  }

  void unfit(Cluster cluster, List<String> problems) {
    events.ofCluster(
        cluster,
        cluster.isPlain() ? "notification" : MAINTENANCE,
        "%s is in a state that cannot be upgraded: PreUpgrade checks failed: %s Please check the precheck log file for more details."
            .formatted(subject(cluster), String.join(" ", problems)));
  }

  void backingUp(Cluster cluster, Snapshot snapshot) {
    if (!cluster.isPlain()) {
      events.ofCluster(
          cluster,
          MAINTENANCE,
          "Upgrade in progress: Creating pre-upgrade snapshot [%s].".formatted(snapshot.id()));
    }
  }

  void converting(Cluster cluster) {
    if (cluster.isPlain()) {
      events.ofCluster(cluster, MAINTENANCE, "The downtime started for the DB instance.");
    }
    tell(
        cluster,
        "Upgrade in progress: Upgrading database objects.",
        "The engine version upgrade started.");
  }

  /// That a cluster is upgraded is told when it is available.
  void converted(Cluster cluster) {
    if (cluster.isPlain()) {
      events.ofCluster(cluster, MAINTENANCE, "The engine version upgrade finished.");
    }
  }

  void failed(Cluster cluster, Exception reason) {
    events.ofCluster(
        cluster,
        cluster.isPlain() ? "notification" : MAINTENANCE,
        "%s is in a state that cannot be upgraded: %s"
            .formatted(subject(cluster), reason.getMessage()));
    if (cluster.isPlain()) {
      events.ofCluster(
          cluster,
          MAINTENANCE,
          "The DB engine version upgrade failed. The engine version upgrade rollback succeeded.");
    }
  }

  private void tell(Cluster cluster, String ofCluster, String ofInstance) {
    events.ofCluster(cluster, MAINTENANCE, cluster.isPlain() ? ofInstance : ofCluster);
  }

  private static String subject(Cluster cluster) {
    return cluster.isPlain() ? "Database instance" : "Database cluster";
  }
}
