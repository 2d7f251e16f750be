package dev.dbartifact.localengine.rds.reset;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class ResetParts {

  public final Resets resets;

  public ResetParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      ComputeParts compute,
      StorageParts storage) {
    var resetting =
        new ResetWork(
            records.catalog,
            host,
            work.background,
            work.pacing,
            work.availability,
            records.members,
            compute.serving,
            compute.servers,
            compute.revival,
            compute.masterPasswords,
            storage.histories,
            work.events);
    resets = new Resets(records.catalog, records.members, resetting);
  }
}
