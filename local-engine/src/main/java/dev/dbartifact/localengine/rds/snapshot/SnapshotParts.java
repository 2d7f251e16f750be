package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import java.time.Clock;
import java.util.List;

/// The parts of this package, put together.
public final class SnapshotParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(SnapshotActions.class, InstanceSnapshotActions.class);

  public final NewSnapshots newOfClusters;
  public final NewInstanceSnapshots newOfInstances;
  public final Snapshots ofClusters;
  public final InstanceSnapshots ofInstances;
  public final List<RdsActions> actions;

  public SnapshotParts(
      Clock clock,
      RecordParts records,
      EngineParts engines,
      StorageParts storage,
      ReportParts report) {
    var catalog = records.catalog;
    var home = records.home;
    newOfClusters = new NewSnapshots(catalog, home, clock);
    newOfInstances = new NewInstanceSnapshots(catalog, home, clock);
    ofClusters =
        new Snapshots(catalog, home, records.namedClusters, newOfClusters, storage.snapshots);
    ofInstances =
        new InstanceSnapshots(
            catalog,
            home,
            records.namedInstances,
            newOfInstances,
            newOfClusters,
            storage.snapshots,
            engines.upgrades,
            report.descriptions);
    actions =
        List.of(
            new SnapshotActions(ofClusters, new SnapshotSharing(catalog, ofClusters)),
            new InstanceSnapshotActions(
                ofInstances, new InstanceSnapshotSharing(catalog, ofInstances)));
  }
}
