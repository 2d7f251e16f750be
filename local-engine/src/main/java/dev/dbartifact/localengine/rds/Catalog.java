package dev.dbartifact.localengine.rds;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Everything that exists. The file system is the memory.
final class Catalog {

  private final ReentrantLock changing = new ReentrantLock(true);

  final Shelf<Cluster> clusters;
  final Shelf<Instance> instances;
  final Shelf<SubnetGroup> subnetGroups;
  final Shelf<ClusterParameterGroup> clusterParameterGroups;
  final Shelf<InstanceParameterGroup> instanceParameterGroups;

  Catalog(Path folder) {
    clusters = new Shelf<>(folder.resolve("clusters"), Cluster.class, Cluster::storage);
    instances = new Shelf<>(folder.resolve("instances"), Instance.class, Instance::resourceId);
    subnetGroups =
        new Shelf<>(
            folder.resolve("subnet-groups"),
            SubnetGroup.class,
            group -> group.settings().dbSubnetGroupName());
    clusterParameterGroups =
        new Shelf<>(
            folder.resolve("cluster-parameter-groups"),
            ClusterParameterGroup.class,
            group -> group.settings().dbClusterParameterGroupName());
    instanceParameterGroups =
        new Shelf<>(
            folder.resolve("parameter-groups"),
            InstanceParameterGroup.class,
            group -> group.settings().dbParameterGroupName());
  }

  /// Runs a look-and-change with no other change in between.
  <T> T changing(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  void changing(Runnable change) {
    changing(() -> {
      change.run();
      return null;
    });
  }

  Optional<Cluster> cluster(String id) {
    return clusters.all().stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }

  Optional<Instance> instance(String id) {
    return instances.all().stream().filter(instance -> instance.id().equals(id)).findFirst();
  }

  List<Instance> instancesOf(Cluster cluster) {
    return instances.all().stream()
        .filter(instance -> instance.storage().equals(cluster.storage()))
        .toList();
  }
}
