package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.snapshot.SnapshotParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.List;

/// The parts of this package, put together.
public final class BackupParts implements AutoCloseable {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS = List.of(BackupActions.class);

  private final Backups backups;
  public final List<RdsActions> actions;

  public BackupParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      ComputeParts compute,
      StorageParts storage,
      ReportParts report,
      SnapshotParts snapshots) {
    var catalog = records.catalog;
    var home = records.home;
    var descriptions = report.descriptions;
    backups =
        new Backups(
            catalog,
            host,
            work.clock,
            records.members,
            new NewBackups(
                catalog, snapshots.newOfClusters, snapshots.newOfInstances, descriptions),
            storage.snapshots,
            work.events);
    compute.states.watch(backups::served);
    actions =
        List.of(
            new BackupActions(
                new ClusterBackups(catalog, home, descriptions),
                new InstanceBackups(catalog, home, storage.histories, descriptions)));
  }

  /// From now on there is a snapshot a day.
  public void begin() {
    backups.begin();
  }

  @Override
  public void close() {
    backups.close();
  }
}
