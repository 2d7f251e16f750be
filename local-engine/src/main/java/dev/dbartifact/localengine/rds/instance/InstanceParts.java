package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.plain.PlainParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.shared.SharedParts;
import java.util.List;

/// The parts of this package, put together.
public final class InstanceParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(InstanceActions.class, ReadReplicaActions.class);

  public final RdsActions instances;
  public final List<RdsActions> actions;

  public InstanceParts(SharedParts on, PlainParts plain) {
    instances =
        new InstanceActions(
            instances(on, plain), modification(on, plain), plain.validModifications);
    actions = List.of(instances, new ReadReplicaActions(replicas(on, plain)));
  }

  private static Instances instances(SharedParts on, PlainParts plain) {
    var catalog = on.records().catalog;
    var home = on.records().home;
    return new Instances(
        catalog,
        home,
        on.records().namedInstances,
        on.records().namedClusters,
        new NewInstances(
            catalog, home, on.parameters().groups, on.compute().authority, on.work().clock),
        on.network().placement,
        on.records().members,
        on.compute().servers,
        on.compute().removal,
        plain.instances,
        on.report().descriptions);
  }

  private static InstanceModification modification(SharedParts on, PlainParts plain) {
    return new InstanceModification(
        on.records().catalog,
        on.records().home,
        on.records().namedInstances,
        on.parameters().groups,
        on.compute().renames,
        on.compute().servers,
        on.work().modifying,
        plain.modification,
        on.report().descriptions);
  }

  private static ReadReplicas replicas(SharedParts on, PlainParts plain) {
    return new ReadReplicas(
        on.records().catalog,
        on.records().namedInstances,
        plain.instances,
        plain.newInstances,
        on.network().placement,
        on.compute().replication,
        on.report().descriptions);
  }
}
