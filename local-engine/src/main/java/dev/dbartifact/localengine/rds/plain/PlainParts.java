package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.shared.SharedParts;
import java.util.List;

/// The parts of this package, put together.
public final class PlainParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(InstancePowerActions.class, PlainRestoreActions.class);

  public final NewPlainInstances newInstances;
  public final PlainInstances instances;
  public final PlainModification modification;
  public final ValidModifications validModifications;
  public final List<RdsActions> actions;

  public PlainParts(SharedParts on) {
    newInstances = newInstances(on);
    instances = instances(on);
    modification = modification(on);
    validModifications =
        new ValidModifications(
            on.records().catalog, on.records().namedInstances, on.report().descriptions);
    actions =
        List.of(
            new InstancePowerActions(power(on), roles(on)), new PlainRestoreActions(restores(on)));
  }

  private static NewPlainInstances newInstances(SharedParts on) {
    return new NewPlainInstances(
        on.records().home,
        on.network().subnetGroups,
        on.parameters().groups,
        on.options().groups,
        on.engines().versions,
        on.compute().authority,
        on.work().clock);
  }

  private PlainInstances instances(SharedParts on) {
    return new PlainInstances(
        on.records().catalog,
        on.records().namedInstances,
        newInstances,
        on.engines().versions,
        on.network().placement,
        on.snapshots().newOfInstances,
        on.storage().snapshots,
        on.compute().managedPasswords,
        on.storage().creation,
        on.storage().removal,
        on.compute().servers,
        on.compute().replication,
        on.report().descriptions);
  }

  private PlainModification modification(SharedParts on) {
    return new PlainModification(
        on.records().catalog,
        new PlainSettings(
            on.records().home, newInstances, on.parameters().groups, on.options().groups),
        on.engines().upgrades,
        on.upgrades().plans,
        on.upgrades().work,
        on.compute().servers,
        on.compute().managedPasswords,
        on.compute().renames,
        on.work().modifying,
        on.report().descriptions);
  }

  private static InstancePower power(SharedParts on) {
    return new InstancePower(
        on.records().catalog,
        on.records().namedInstances,
        on.snapshots().ofInstances,
        on.storage().startsAndStops,
        on.report().descriptions);
  }

  private static InstanceRoles roles(SharedParts on) {
    return new InstanceRoles(
        on.records().catalog,
        on.records().namedInstances,
        on.storage().roleActivation,
        on.report().descriptions);
  }

  private PlainRestores restores(SharedParts on) {
    return new PlainRestores(
        on.records().catalog,
        on.records().namedInstances,
        on.snapshots().ofInstances,
        instances,
        newInstances,
        on.network().placement,
        on.compute().managedPasswords,
        on.storage().creation,
        on.storage().histories,
        on.work().events,
        on.report().descriptions);
  }
}
