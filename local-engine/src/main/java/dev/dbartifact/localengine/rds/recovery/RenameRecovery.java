package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import java.util.stream.Stream;

/// Gives one name to what a renaming that was cut short has left with two.
final class RenameRecovery {

  private final Catalog catalog;

  RenameRecovery(Catalog catalog) {
    this.catalog = catalog;
  }

  /// The storage of a plain instance follows its name, also where a change of that was cut short.
  Cluster named(Cluster cluster) {
    if (!cluster.isPlain()) {
      return cluster;
    }
    return catalog.instancesOf(cluster).stream()
        .findFirst()
        .filter(instance -> !instance.id().equals(cluster.id()))
        .map(instance -> named(cluster, instance))
        .orElse(cluster);
  }

  private Cluster named(Cluster cluster, Instance instance) {
    var named =
        cluster.with(builder ->
            builder
                .dbClusterIdentifier(instance.id())
                .dbClusterArn(instance.settings().dbInstanceArn()));
    catalog.clusters.settle(named);
    return named;
  }

  /// A renaming that was cut short leaves endpoints with two names of an instance.
  void forgetFormerNames(Cluster cluster) {
    var names = catalog.instancesOf(cluster).stream().map(Instance::id).toList();
    for (var endpoint : catalog.endpointsOf(cluster)) {
      var named =
          Stream.concat(
                  endpoint.settings().staticMembers().stream(),
                  endpoint.settings().excludedMembers().stream())
              .toList();
      // An endpoint that names nobody would lead to everybody.
      if (!names.containsAll(named) && named.stream().anyMatch(names::contains)) {
        catalog.clusterEndpoints.settle(
            named.stream()
                .filter(name -> !names.contains(name))
                .reduce(endpoint, ClusterEndpoint::without, (_, last) -> last));
      }
    }
  }
}
