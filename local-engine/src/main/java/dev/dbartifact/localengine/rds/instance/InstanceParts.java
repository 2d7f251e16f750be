package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.parameter.ParameterParts;
import dev.dbartifact.localengine.rds.plain.PlainParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.work.WorkParts;
import java.util.List;

/// The parts of this package, put together.
public final class InstanceParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(InstanceActions.class, ReadReplicaActions.class);

  public final List<RdsActions> actions;

  public InstanceParts(
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      ComputeParts compute,
      ParameterParts parameters,
      ReportParts report,
      PlainParts plain) {
    var catalog = records.catalog;
    var home = records.home;
    var named = records.namedInstances;
    var descriptions = report.descriptions;
    var instances =
        new Instances(
            catalog,
            home,
            named,
            records.namedClusters,
            new NewInstances(catalog, home, parameters.groups, compute.authority, work.clock),
            network.placement,
            records.members,
            compute.servers,
            compute.removal,
            plain.instances,
            descriptions);
    var modification =
        new InstanceModification(
            catalog,
            home,
            named,
            parameters.groups,
            compute.renames,
            work.modifying,
            plain.modification,
            descriptions);
    var replicas =
        new ReadReplicas(
            catalog,
            named,
            plain.instances,
            plain.newInstances,
            network.placement,
            compute.replication,
            descriptions);
    actions =
        List.of(
            new InstanceActions(instances, modification, plain.validModifications),
            new ReadReplicaActions(replicas));
  }
}
