package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.option.OptionParts;
import dev.dbartifact.localengine.rds.parameter.ParameterParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.report.ReportParts;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.snapshot.SnapshotParts;
import dev.dbartifact.localengine.rds.storage.StorageParts;
import dev.dbartifact.localengine.rds.upgrade.UpgradeParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
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

  public PlainParts(
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      EngineParts engines,
      ComputeParts compute,
      StorageParts storage,
      ParameterParts parameters,
      OptionParts options,
      ReportParts report,
      SnapshotParts snapshots,
      UpgradeParts upgrades) {
    var catalog = records.catalog;
    var named = records.namedInstances;
    var descriptions = report.descriptions;
    newInstances =
        new NewPlainInstances(
            records.home,
            network.subnetGroups,
            parameters.groups,
            options.groups,
            engines.versions,
            compute.authority,
            work.clock);
    instances =
        new PlainInstances(
            catalog,
            newInstances,
            engines.versions,
            network.placement,
            snapshots.newOfInstances,
            storage.snapshots,
            compute.managedPasswords,
            storage.clusters,
            compute.servers,
            compute.replication,
            descriptions);
    modification =
        new PlainModification(
            catalog,
            records.home,
            newInstances,
            instances,
            parameters.groups,
            options.groups,
            engines.upgrades,
            upgrades.plans,
            upgrades.work,
            compute.servers,
            compute.managedPasswords,
            compute.renames,
            work.modifying,
            descriptions);
    validModifications = new ValidModifications(catalog, named, descriptions);
    var power =
        new InstancePower(catalog, named, snapshots.ofInstances, storage.clusters, descriptions);
    var roles = new InstanceRoles(catalog, named, storage.clusters, descriptions);
    var restores =
        new PlainRestores(
            catalog,
            named,
            snapshots.ofInstances,
            instances,
            newInstances,
            network.placement,
            compute.managedPasswords,
            storage.clusters,
            storage.histories,
            work.events,
            descriptions);
    actions = List.of(new InstancePowerActions(power, roles), new PlainRestoreActions(restores));
  }
}
