package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.pause.PauseParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class RecoveryParts {

  public final Recovery recovery;

  public RecoveryParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      ComputeParts compute,
      PauseParts pause,
      StorageParts storage) {
    var catalog = records.catalog;
    var renames = new RenameRecovery(catalog);
    var clusters =
        new ClusterRecovery(
            catalog,
            storage.creation,
            storage.startsAndStops,
            storage.removal,
            storage.roleActivation,
            compute.masterPasswords,
            renames,
            new UpgradeRecovery(catalog, host, compute.majorVersions));
    var instances =
        new InstanceRecovery(
            catalog,
            records.members,
            storage.creation,
            compute.removal,
            compute.servers,
            pause.pauses);
    recovery =
        new Recovery(
            catalog,
            network.endpoints,
            new VolumeRecovery(catalog, host, work.background),
            new SnapshotRecovery(catalog, storage.snapshots),
            clusters,
            instances,
            renames);
  }
}
