package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;

/// Which parameter groups go with another major version. See `EngineVersion` of ModifyDBInstance,
/// and `DBInstanceParameterGroupName` of ModifyDBCluster, in the API Reference. The words are
/// AWS's.
public final class UpgradePlans {

  private final Catalog catalog;
  private final ParameterGroups groups;

  public UpgradePlans(Catalog catalog, ParameterGroups groups) {
    this.catalog = catalog;
    this.groups = groups;
  }

  /// @param clusterGroup the name that the request has, or null
  /// @param instanceGroup the same
  public MajorUpgrade ofCluster(
      Cluster cluster, EngineVersion to, String clusterGroup, String instanceGroup) {
    var ofInstances = instanceGroup(cluster, to, instanceGroup);
    return new MajorUpgrade(to.number(), clusterGroup(cluster, to, clusterGroup), ofInstances);
  }

  /// @param storage of a plain instance
  /// @param group the name that the request has, or null
  public MajorUpgrade ofInstance(Cluster storage, EngineVersion to, String group) {
    return new MajorUpgrade(to.number(), null, instanceGroup(storage, to, group));
  }

  private String instanceGroup(Cluster cluster, EngineVersion to, String wanted) {
    if (wanted == null) {
      instancesOf(cluster).forEach(UpgradePlans::requireDefaultGroup);
    }
    return groups.forInstance(wanted, to);
  }

  private String clusterGroup(Cluster cluster, EngineVersion to, String wanted) {
    var current = cluster.settings().dbClusterParameterGroup();
    if (wanted == null && !ParameterGroups.isDefault(current)) {
      throw custom("cluster", current);
    }
    return groups.forCluster(wanted, to);
  }

  private static void requireDefaultGroup(Instance instance) {
    instance.settings().dbParameterGroups().stream()
        .map(DBParameterGroupStatus::dbParameterGroupName)
        .filter(name -> !ParameterGroups.isDefault(name))
        .findFirst()
        .ifPresent(name -> {
          throw custom("instance", name);
        });
  }

  private static RuntimeException custom(String kind, String name) {
    return RdsFault.INVALID_PARAMETER_COMBINATION.with(
        "The current DB %1$s parameter group %2$s is custom. You must explicitly specify a new DB %1$s"
            + " parameter group, either default or custom, for the engine version upgrade.",
        kind, name);
  }

  /// Those that change with it: read replicas, too.
  private Stream<Instance> instancesOf(Cluster cluster) {
    return Stream.concat(
        catalog.instancesOf(cluster).stream(), catalog.replicasOf(cluster).stream());
  }
}
