package dev.dbartifact.localengine.rds.report;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.server.DatabaseHost;

/// The parts of this package, put together.
public final class ReportParts {

  public final Descriptions descriptions;
  public final Reports reports;

  public ReportParts(
      DatabaseHost host,
      RecordParts records,
      EngineParts engines,
      NetworkParts network,
      ComputeParts compute,
      StorageParts storage) {
    descriptions =
        new Descriptions(
            records.catalog, records.members, storage.histories, records.home, network.names);
    reports =
        new Reports(
            records.catalog,
            host,
            records.members,
            network.endpoints,
            compute.revival,
            compute.paused,
            engines.versions,
            network.names);
  }
}
