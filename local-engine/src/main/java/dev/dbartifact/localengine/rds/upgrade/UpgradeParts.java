package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.parameter.ParameterParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.snapshot.SnapshotParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class UpgradeParts {

  public final UpgradePlans plans;
  public final UpgradeWork work;

  public UpgradeParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      ComputeParts compute,
      StorageParts storage,
      ParameterParts parameters,
      ReportParts report,
      SnapshotParts snapshots) {
    var catalog = records.catalog;
    var members = records.members;
    plans = new UpgradePlans(catalog, parameters.groups);
    this.work =
        new UpgradeWork(
            catalog,
            host,
            work.clock,
            work.background,
            work.pacing,
            work.availability,
            members,
            compute.servers,
            storage.snapshots,
            new PreUpgradeSnapshots(
                catalog,
                host,
                members,
                snapshots.newOfClusters,
                snapshots.newOfInstances,
                report.descriptions),
            compute.majorVersions,
            storage.histories,
            new UpgradeEvents(work.events));
  }
}
