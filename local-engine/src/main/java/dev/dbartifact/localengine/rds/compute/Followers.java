package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Instances whose servers follow that of another one, their leader: readers their writer, read
/// replicas their source. Without its server they cannot start: they wait for it, and fall with it.
public final class Followers {

  /// A leader in these states can be brought back, and brings its followers with it.
  private static final Set<String> MENDABLE =
      Set.of(Status.INCOMPATIBLE_NETWORK, Status.INCOMPATIBLE_PARAMETERS);

  private final Catalog catalog;
  private final Members members;
  private final Serving serving;
  private final InstanceStates states;

  public Followers(Catalog catalog, Members members, Serving serving, InstanceStates states) {
    this.catalog = catalog;
    this.members = members;
    this.serving = serving;
    this.states = states;
  }

  /// All that follow the cluster's writer.
  List<Instance> of(Cluster cluster) {
    return Stream.concat(members.readers(cluster).stream(), catalog.replicasOf(cluster).stream())
        .toList();
  }

  /// Lets the instance, whose server did not start, say why; without a leader's server that is
  /// reason enough.
  void notStarted(Instance instance, Exception reason) {
    var cluster = catalog.clusters.find(instance.storage());
    if (cluster.isEmpty() || !waits(cluster.get(), instance)) {
      states.fail(instance, reason);
    }
  }

  /// Whether the instance has a leader without a server, and shows that now.
  boolean waits(Cluster cluster, Instance instance) {
    var leader = leader(cluster, instance).filter(each -> !serves(each));
    leader.ifPresent(each -> show(cluster, instance, each));
    return leader.isPresent();
  }

  /// Whether the instance waits for its leader, or fell with it, and has no server.
  boolean isLeft(Cluster cluster, Instance instance) {
    return (InstanceStates.isReviving(instance) || InstanceStates.isFallen(instance))
        && leader(cluster, instance).isPresent()
        && !serving.running(cluster, instance);
  }

  private Optional<Instance> leader(Cluster cluster, Instance instance) {
    return cluster.replicates().isPresent()
        ? cluster
            .replicates()
            .flatMap(source -> catalog.clusters.find(source.value()))
            .flatMap(members::writer)
        : members.writer(cluster).filter(_ -> !members.writes(instance));
  }

  private boolean serves(Instance leader) {
    return !InstanceStates.isReviving(leader)
        && catalog.clusters.find(leader.storage()).stream()
            .anyMatch(of -> serving.running(of, leader));
  }

  private void show(Cluster cluster, Instance instance, Instance leader) {
    var noun = cluster.replicates().isPresent() ? "source" : "writer";
    var status = leader.settings().dbInstanceStatus();
    if (InstanceStates.isToServe(leader)) {
      states.showFollowing(instance, coming(instance), "It waits for its " + noun);
    } else if (MENDABLE.contains(status)) {
      states.showFollowing(
          instance, coming(instance), "It waits for its %s, which is %s".formatted(noun, status));
    } else {
      states.showFollowing(instance, Status.FAILED, "Its %s is %s".formatted(noun, status));
    }
  }

  /// What it shows until it is there.
  private static String coming(Instance instance) {
    return instance.settings().instanceCreateTime() == null ? Status.CREATING : Status.REBOOTING;
  }
}
