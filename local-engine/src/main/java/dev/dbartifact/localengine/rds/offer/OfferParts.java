package dev.dbartifact.localengine.rds.offer;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.List;

/// The parts of this package, put together.
public final class OfferParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(EngineVersionActions.class, OfferActions.class);

  public final List<RdsActions> actions;

  /// @param mostClusters how many clusters there may be
  public OfferParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      EngineParts engines,
      ComputeParts compute,
      int mostClusters) {
    var versions = engines.versions;
    actions =
        List.of(
            new EngineVersionActions(new VersionDescriptions(versions, engines.upgrades)),
            new OfferActions(
                work.events,
                new Offers(records.catalog, records.home, versions),
                new Quotas(records.catalog, mostClusters),
                new Authorities(host, records.home, compute.authority)));
  }
}
