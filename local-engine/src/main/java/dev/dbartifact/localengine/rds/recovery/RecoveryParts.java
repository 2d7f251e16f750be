package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.pause.PauseParts;
import dev.dbartifact.localengine.rds.shared.SharedParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class RecoveryParts {

  public final Recovery recovery;

  public RecoveryParts(DatabaseHost host, SharedParts on, PauseParts pause) {
    var catalog = on.records().catalog;
    var storage = on.storage();
    var compute = on.compute();
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
            on.records().members,
            storage.creation,
            compute.removal,
            compute.servers,
            pause.pauses);
    recovery =
        new Recovery(
            catalog,
            on.network().endpoints,
            new VolumeRecovery(catalog, host, on.work().background),
            new SnapshotRecovery(catalog, storage.snapshots),
            clusters,
            instances,
            renames);
  }
}
