package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.shared.SharedParts;
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

  public final RdsActions clusters;
  public final List<RdsActions> actions;

  public ClusterParts(SharedParts on) {
    var catalog = on.records().catalog;
    var named = on.records().namedClusters;
    var newClusters = newClusters(on);
    clusters = new ClusterActions(clusters(on, newClusters), modification(on));
    actions =
        List.of(
            clusters,
            new ClusterRestoreActions(restores(on, newClusters)),
            new ClusterPowerActions(
                power(on), new ClusterRoles(catalog, named, on.storage().roleActivation)),
            new ClusterEndpointActions(
                endpoints(on), new HttpEndpoints(catalog, on.records().home)),
            new GlobalClusterActions());
  }

  private static NewClusters newClusters(SharedParts on) {
    return new NewClusters(
        on.records().home,
        on.network().subnetGroups,
        on.parameters().groups,
        on.engines().versions,
        on.engines().upgrades,
        on.work().clock);
  }

  private static Clusters clusters(SharedParts on, NewClusters newClusters) {
    return new Clusters(
        on.records().catalog,
        on.records().home,
        on.records().namedClusters,
        newClusters,
        on.engines().versions,
        on.network().placement,
        on.snapshots().newOfClusters,
        on.storage().snapshots,
        on.compute().managedPasswords,
        on.storage().creation,
        on.storage().removal,
        on.report().descriptions);
  }

  private static ClusterModification modification(SharedParts on) {
    return new ClusterModification(
        on.records().catalog,
        on.records().home,
        on.records().namedClusters,
        on.parameters().groups,
        on.engines().upgrades,
        on.upgrades().plans,
        on.upgrades().work,
        on.compute().servers,
        on.compute().managedPasswords,
        on.compute().renames,
        on.work().modifying,
        on.records().members,
        on.network().endpoints,
        on.report().descriptions);
  }

  private static ClusterRestores restores(SharedParts on, NewClusters newClusters) {
    return new ClusterRestores(
        on.records().catalog,
        on.records().namedClusters,
        on.snapshots().ofClusters,
        newClusters,
        on.network().placement,
        on.storage().creation,
        on.storage().histories,
        on.report().descriptions);
  }

  private static ClusterPower power(SharedParts on) {
    return new ClusterPower(
        on.records().catalog,
        on.records().namedClusters,
        on.storage().startsAndStops,
        on.records().members,
        on.compute().failovers,
        on.report().descriptions);
  }

  private static ClusterEndpoints endpoints(SharedParts on) {
    return new ClusterEndpoints(
        on.records().catalog,
        on.records().home,
        on.records().namedClusters,
        on.network().placement,
        on.records().members,
        on.network().endpoints,
        on.network().names,
        on.compute().certificates);
  }
}
