package dev.dbartifact.localengine.rds.record;

import dev.dbartifact.localengine.state.ResourceFiles;
import dev.dbartifact.localengine.state.Shelf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Everything that exists. The file system is the memory.
public final class Catalog {

  /// Names what there is one of.
  public static final String ONLY = "only";

  private final ReentrantLock changing = new ReentrantLock(true);

  public final Shelf<Cluster> clusters;
  public final Shelf<Instance> instances;
  public final Shelf<Snapshot> snapshots;
  public final Shelf<ClusterEndpoint> clusterEndpoints;
  public final Shelf<SubnetGroup> subnetGroups;
  public final Shelf<ClusterParameterGroup> clusterParameterGroups;
  public final Shelf<InstanceParameterGroup> instanceParameterGroups;
  public final Shelf<CustomOptionGroup> optionGroups;
  public final Shelf<Subscription> subscriptions;
  public final Shelf<CertificateOverride> certificateOverrides;

  public Catalog(Path folder) {
    clusters = new Shelf<>(folder.resolve("clusters"), Cluster.class, Cluster::storage);
    instances =
        new Shelf<>(
            folder.resolve("instances"), Instance.class, Instance::resourceId, Instance::storage);
    snapshots = new Shelf<>(folder.resolve("cluster-snapshots"), Snapshot.class, Snapshot::storage);
    clusterEndpoints =
        new Shelf<>(
            folder.resolve("cluster-endpoints"),
            ClusterEndpoint.class,
            ClusterEndpoint::resourceId,
            ClusterEndpoint::storage);
    subnetGroups =
        new Shelf<>(
            folder.resolve("subnet-groups"),
            SubnetGroup.class,
            group -> group.settings().dbSubnetGroupName());
    clusterParameterGroups =
        new Shelf<>(
            folder.resolve("cluster-parameter-groups"),
            ClusterParameterGroup.class,
            ClusterParameterGroup::name);
    instanceParameterGroups =
        new Shelf<>(
            folder.resolve("parameter-groups"),
            InstanceParameterGroup.class,
            InstanceParameterGroup::name);
    optionGroups =
        new Shelf<>(
            folder.resolve("option-groups"), CustomOptionGroup.class, CustomOptionGroup::name);
    subscriptions =
        new Shelf<>(folder.resolve("event-subscriptions"), Subscription.class, Subscription::name);
    certificateOverrides =
        new Shelf<>(folder.resolve("certificates"), CertificateOverride.class, _ -> ONLY);
  }

  /// The volumes of the clusters and plain instances that are remembered in a folder, by their
  /// names; of the cluster where both have the name.
  public static Map<String, String> volumes(Path folder) {
    var clusters = folder.resolve("clusters");
    return Files.isDirectory(clusters)
        ? new ResourceFiles<>(clusters, Cluster.class)
            .load().values().stream()
                .sorted(Comparator.comparing(Cluster::isPlain))
                .collect(Collectors.toMap(Cluster::id, Cluster::storage, (a, _) -> a, TreeMap::new))
        : Map.of();
  }

  /// Tells of every change of a cluster, an instance or a custom endpoint from now on.
  ///
  /// @param told of the volume of the cluster; must not fail, and must not wait
  public void watch(Consumer<String> told) {
    clusters.watch(cluster -> told.accept(cluster.storage()));
    instances.watch(instance -> told.accept(instance.storage()));
    clusterEndpoints.watch(endpoint -> told.accept(endpoint.storage()));
  }

  /// Runs a look-and-change with no other change in between.
  public <T> T changing(Supplier<T> change) {
    changing.lock();
    try {
      return change.get();
    } finally {
      changing.unlock();
    }
  }

  public void changing(Runnable change) {
    changing(() -> {
      change.run();
      return null;
    });
  }

  /// Writes what was settled and could not be written; see [Shelf#settle].
  public void catchUp() {
    if (settling().anyMatch(Shelf::isBehind)) {
      changing(() -> settling().forEach(Shelf::catchUp));
    }
  }

  /// Of what there is that is under way for a while.
  private Stream<Shelf<?>> settling() {
    return Stream.of(clusters, instances, snapshots);
  }

  /// Those that everybody sees; the storage of plain instances is among [#clusters] only.
  public List<Cluster> dbClusters() {
    return clusters.all().stream().filter(cluster -> !cluster.isPlain()).toList();
  }

  public Optional<Cluster> cluster(String id) {
    return dbClusters().stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }

  /// The storage of a plain instance; empty for a member of a DB cluster.
  public Optional<Cluster> ownStorage(Instance instance) {
    return clusters.find(instance.storage()).filter(Cluster::isPlain);
  }

  /// The read replicas of a plain instance, by name.
  public List<Instance> replicasOf(Cluster source) {
    return clusters.all().stream()
        .filter(each -> each.replicates().filter(source.storageId()::equals).isPresent())
        .flatMap(each -> instancesOf(each).stream())
        .sorted(Comparator.comparing(Instance::id))
        .toList();
  }

  public Optional<Instance> instance(String id) {
    return instances.all().stream().filter(instance -> instance.id().equals(id)).findFirst();
  }

  public List<Snapshot> clusterSnapshots() {
    return snapshots.all().stream().filter(snapshot -> !snapshot.isPlain()).toList();
  }

  /// Of plain instances.
  public List<Snapshot> instanceSnapshots() {
    return snapshots.all().stream().filter(Snapshot::isPlain).toList();
  }

  /// Those of DB clusters that somebody asked for; there is a limit to these.
  public long manualClusterSnapshots() {
    return clusterSnapshots().stream().filter(snapshot -> !snapshot.isAutomated()).count();
  }

  /// The same for plain instances.
  public long manualInstanceSnapshots() {
    return instanceSnapshots().stream().filter(snapshot -> !snapshot.isAutomated()).count();
  }

  public Optional<Snapshot> clusterSnapshot(String id) {
    return clusterSnapshots().stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
  }

  public Optional<Snapshot> instanceSnapshot(String id) {
    return instanceSnapshots().stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
  }

  public Optional<ClusterEndpoint> clusterEndpoint(String id) {
    return clusterEndpoints.all().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /// The custom ones.
  public List<ClusterEndpoint> endpointsOf(Cluster cluster) {
    return clusterEndpoints.in(cluster.storage());
  }

  public Optional<CertificateOverride> certificateOverride() {
    return certificateOverrides.find(ONLY);
  }

  public List<Instance> instancesOf(Cluster cluster) {
    return instances.in(cluster.storage());
  }
}
