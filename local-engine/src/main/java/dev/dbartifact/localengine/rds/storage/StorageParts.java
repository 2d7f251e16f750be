package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class StorageParts implements AutoCloseable {

  public final SnapshotWork snapshots;
  public final ClusterCreation creation;
  public final StartsAndStops startsAndStops;
  public final ClusterRemoval removal;
  public final RoleActivation roleActivation;
  public final Histories histories;

  public StorageParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      ComputeParts compute) {
    var catalog = records.catalog;
    var members = records.members;
    var background = work.background;
    snapshots = new SnapshotWork(catalog, host, background, work.pacing, work.events);
    creation =
        new ClusterCreation(
            catalog, host, background, work.pacing, work.availability, network.endpoints);
    startsAndStops =
        new StartsAndStops(
            catalog,
            host,
            background,
            work.pacing,
            work.availability,
            compute.servers,
            members,
            work.events,
            work.standstills);
    removal =
        new ClusterRemoval(
            catalog,
            host,
            background,
            work.pacing,
            compute.masterPasswords,
            compute.managedPasswords,
            snapshots,
            network.endpoints,
            work.events,
            work.standstills);
    roleActivation = new RoleActivation(catalog, background, work.pacing);
    histories = new Histories(catalog, host, work.clock, background, members);
  }

  /// From now on histories are kept.
  public void begin() {
    histories.begin();
  }

  @Override
  public void close() {
    histories.close();
  }
}
