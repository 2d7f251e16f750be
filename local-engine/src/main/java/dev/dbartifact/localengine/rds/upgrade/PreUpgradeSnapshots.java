package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.snapshot.NewInstanceSnapshots;
import dev.dbartifact.localengine.rds.snapshot.NewSnapshots;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.Optional;

/// The snapshot that RDS takes before an upgrade, of what retains backups. As with all snapshots
/// that nobody asks for, there is none on storage where it would cost what the data cost.
public final class PreUpgradeSnapshots {

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Members members;
  private final NewSnapshots ofClusters;
  private final NewInstanceSnapshots ofInstances;
  private final Descriptions descriptions;

  public PreUpgradeSnapshots(
      Catalog catalog,
      DatabaseHost host,
      Members members,
      NewSnapshots ofClusters,
      NewInstanceSnapshots ofInstances,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.host = host;
    this.members = members;
    this.ofClusters = ofClusters;
    this.ofInstances = ofInstances;
    this.descriptions = descriptions;
  }

  /// Empty where none is to be taken, or where one of that name, which has the minute in it, is
  /// there already: that of another attempt.
  Optional<Snapshot> of(Cluster cluster) {
    if (!host.sharesBlocks() || members.backupRetention(cluster) == 0) {
      return Optional.empty();
    }
    var to = cluster.upgrade().engineVersion();
    if (!cluster.isPlain()) {
      return Optional.of(ofClusters.preUpgrade(cluster, to))
          .filter(snapshot -> catalog.clusterSnapshot(snapshot.id()).isEmpty());
    }
    return members
        .writer(cluster)
        .map(only -> ofInstances.preUpgrade(cluster, descriptions.of(only), to))
        .filter(snapshot -> catalog.instanceSnapshot(snapshot.id()).isEmpty());
  }
}
