package dev.dbartifact.localengine.rds.pause;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.work.WorkParts;

/// The parts of this package, put together.
public final class PauseParts implements AutoCloseable {

  public final Pauses pauses;

  public PauseParts(
      RecordParts records, WorkParts work, NetworkParts network, ComputeParts compute) {
    pauses =
        new Pauses(
            records.catalog,
            work.clock,
            work.background,
            work.pacing,
            records.members,
            compute.serving,
            compute.servers,
            compute.revival,
            compute.paused,
            work.events);
    network.endpoints.attend(pauses);
  }

  @Override
  public void close() {
    pauses.close();
  }
}
