package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.compute.ComputeParts;
import dev.dbartifact.localengine.rds.engine.EngineParts;
import dev.dbartifact.localengine.rds.network.NetworkParts;
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
public final class ClusterParts {

  /// The classes of [#actions].
  public static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(
          ClusterActions.class,
          ClusterRestoreActions.class,
          ClusterPowerActions.class,
          ClusterEndpointActions.class,
          GlobalClusterActions.class);

  public final List<RdsActions> actions;

  public ClusterParts(
      RecordParts records,
      WorkParts work,
      NetworkParts network,
      EngineParts engines,
      ComputeParts compute,
      StorageParts storage,
      ParameterParts parameters,
      ReportParts report,
      SnapshotParts snapshots,
      UpgradeParts upgrades) {
    var catalog = records.catalog;
    var home = records.home;
    var named = records.namedClusters;
    var members = records.members;
    var descriptions = report.descriptions;
    var newClusters =
        new NewClusters(
            home,
            network.subnetGroups,
            parameters.groups,
            engines.versions,
            engines.upgrades,
            work.clock);
    var clusters =
        new Clusters(
            catalog,
            home,
            named,
            newClusters,
            engines.versions,
            network.placement,
            snapshots.newOfClusters,
            storage.snapshots,
            compute.managedPasswords,
            storage.clusters,
            descriptions);
    var modification =
        new ClusterModification(
            catalog,
            home,
            named,
            parameters.groups,
            engines.upgrades,
            upgrades.plans,
            upgrades.work,
            network.placement,
            compute.servers,
            compute.managedPasswords,
            compute.renames,
            work.modifying,
            members,
            network.endpoints,
            descriptions);
    var restores =
        new ClusterRestores(
            catalog,
            named,
            snapshots.ofClusters,
            newClusters,
            network.placement,
            storage.clusters,
            storage.histories,
            descriptions);
    var power =
        new ClusterPower(
            catalog, named, storage.clusters, members, compute.failovers, descriptions);
    var roles = new ClusterRoles(catalog, named, storage.clusters);
    var endpoints =
        new ClusterEndpoints(
            catalog,
            home,
            named,
            network.placement,
            members,
            network.endpoints,
            network.names,
            compute.certificates);
    actions =
        List.of(
            new ClusterActions(clusters, modification),
            new ClusterRestoreActions(restores),
            new ClusterPowerActions(power, roles),
            new ClusterEndpointActions(endpoints, new HttpEndpoints(catalog, home)),
            new GlobalClusterActions());
  }
}
