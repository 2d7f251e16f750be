package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.List;

/// The parts of this package, put together.
public final class ParameterParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(ClusterParameterActions.class, InstanceParameterActions.class);

  public final ParameterGroups groups;
  public final List<RdsActions> actions;

  public ParameterParts(
      DatabaseHost host,
      RecordParts records,
      WorkParts work,
      EngineParts engines,
      ComputeParts compute) {
    groups = new ParameterGroups(records.catalog, records.home, engines.versions);
    var changes =
        new ParameterChanges(
            records.catalog,
            groups,
            new EngineParameters(host, engines.versions),
            new ParameterApplication(records.catalog, compute.effective, compute.servers),
            work.events);
    actions =
        List.of(
            new ClusterParameterActions(groups, changes),
            new InstanceParameterActions(groups, changes));
  }
}
