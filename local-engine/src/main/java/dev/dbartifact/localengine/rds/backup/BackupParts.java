package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.shared.SharedParts;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.List;

/// The parts of this package, put together.
public final class BackupParts implements AutoCloseable {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS = List.of(BackupActions.class);

  private final Backups backups;
  public final List<RdsActions> actions;

  public BackupParts(DatabaseHost host, SharedParts on) {
    var catalog = on.records().catalog;
    var descriptions = on.report().descriptions;
    var snapshots = on.snapshots();
    backups =
        new Backups(
            catalog,
            host,
            on.work().clock,
            on.records().members,
            new NewBackups(
                catalog, snapshots.newOfClusters, snapshots.newOfInstances, descriptions),
            on.storage().snapshots,
            on.work().events);
    on.compute().states.watch(backups::served);
    actions =
        List.of(
            new BackupActions(
                new ClusterBackups(catalog, on.records().home, descriptions),
                new InstanceBackups(
                    catalog, on.records().home, on.storage().histories, descriptions)));
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
