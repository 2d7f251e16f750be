package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.snapshot.NewInstanceSnapshots;
import dev.dbartifact.localengine.rds.snapshot.NewSnapshots;
import java.util.Optional;

/// What the next automated snapshot of a cluster is.
public final class NewBackups {

  private final Catalog catalog;
  private final NewSnapshots ofClusters;
  private final NewInstanceSnapshots ofInstances;
  private final Descriptions descriptions;

  public NewBackups(
      Catalog catalog,
      NewSnapshots ofClusters,
      NewInstanceSnapshots ofInstances,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.ofClusters = ofClusters;
    this.ofInstances = ofInstances;
    this.descriptions = descriptions;
  }

  /// Empty where one of that name, which has the minute in it, is there already: that of a cluster
  /// of the same name that is on its way out.
  ///
  /// @param writer the instance itself, of a plain one
  Optional<Snapshot> of(Cluster cluster, Optional<Instance> writer) {
    if (!cluster.isPlain()) {
      return Optional.of(ofClusters.automated(cluster))
          .filter(snapshot -> catalog.clusterSnapshot(snapshot.id()).isEmpty());
    }
    return writer
        .map(only -> ofInstances.automated(cluster, descriptions.of(only)))
        .filter(snapshot -> catalog.instanceSnapshot(snapshot.id()).isEmpty());
  }
}
