package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.server.HostException;

/// Brings what is remembered and what is there together, when the engine starts: what was half done
/// is finished or undone, and the servers of instances run again.
public final class Recovery {

  private final Catalog catalog;
  private final Endpoints endpoints;
  private final VolumeRecovery volumes;
  private final SnapshotRecovery snapshots;
  private final ClusterRecovery clusters;
  private final InstanceRecovery instances;
  private final RenameRecovery renames;

  Recovery(
      Catalog catalog,
      Endpoints endpoints,
      VolumeRecovery volumes,
      SnapshotRecovery snapshots,
      ClusterRecovery clusters,
      InstanceRecovery instances,
      RenameRecovery renames) {
    this.catalog = catalog;
    this.endpoints = endpoints;
    this.volumes = volumes;
    this.snapshots = snapshots;
    this.clusters = clusters;
    this.instances = instances;
    this.renames = renames;
  }

  /// In the background, where that takes a while.
  public void run() throws HostException {
    volumes.takeBackAndSetAside();
    var whole = volumes.whole();
    catalog.changing(() -> {
      // A cluster goes after its final snapshot.
      catalog.snapshots.all().forEach(snapshots::settle);
      // An instance goes before its cluster, and starts after that.
      instances.settleDeleting();
      catalog.clusters.all().forEach(cluster -> clusters.settle(cluster, whole));
      instances.settleOthers();
      catalog.clusters.all().forEach(renames::forgetFormerNames);
      catalog.clusters.all().forEach(endpoints::listen);
    });
  }
}
