package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.pause.PauseParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;

/// The parts of this package, put together.
public final class StorageParts implements AutoCloseable {

  public final SnapshotWork snapshots;
  public final ClusterCreation creation;
  public final StartsAndStops startsAndStops;
  public final ClusterRemoval removal;
  public final RoleActivation roleActivation;
  public final Histories histories;
  private final Recovery recovery;

  public StorageParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      ComputeParts compute,
      PauseParts pause) {
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
    recovery =
        new Recovery(
            catalog,
            host,
            background,
            creation,
            startsAndStops,
            removal,
            roleActivation,
            compute.servers,
            compute.masterPasswords,
            snapshots,
            compute.removal,
            members,
            network.endpoints,
            compute.majorVersions,
            pause.pauses);
  }

  /// Finishes or undoes what an earlier engine left half done, and starts the servers, in the
  /// background; keeps histories from then on.
  public void recover() throws HostException {
    recovery.run();
    histories.begin();
  }

  @Override
  public void close() {
    histories.close();
  }
}
