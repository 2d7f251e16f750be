package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Standstills;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;

/// Deletes a cluster with all that is kept of it, unless its final snapshot is not safe: it stays
/// then, and says why.
public final class ClusterRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRemoval.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final MasterPasswords passwords;
  private final ManagedPasswords managedPasswords;
  private final SnapshotWork snapshots;
  private final Endpoints endpoints;
  private final Events events;
  private final Standstills standstills;

  public ClusterRemoval(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      MasterPasswords passwords,
      ManagedPasswords managedPasswords,
      SnapshotWork snapshots,
      Endpoints endpoints,
      Events events,
      Standstills standstills) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.passwords = passwords;
    this.managedPasswords = managedPasswords;
    this.snapshots = snapshots;
    this.endpoints = endpoints;
    this.events = events;
    this.standstills = standstills;
  }

  /// Discards the volume and forgets the cluster; not without its final snapshot, which also a
  /// power failure right after that cannot take any more.
  public void begin(Cluster cluster) {
    var what = "discard the volume of '" + cluster.id() + "'";
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_DELETING);
    work.on(
        cluster.volumes(),
        () -> {
          var obstacle = obstacle(cluster);
          if (obstacle.isPresent()) {
            catalog.changing(() -> keep(cluster, obstacle.get()));
          } else if (standstills.done(cluster, what, () -> discard(cluster))) {
            CrashPoint.VOLUME_DISCARDED.reached();
            pacing.at(end, () -> removed(cluster));
          }
        });
  }

  /// Makes ordinary snapshots of those that earlier deletions have asked for, which came to
  /// nothing: only its own stands in the way of the next. Before anything says that the cluster is
  /// to go.
  public void forgetEarlier(Cluster cluster) {
    finalSnapshots(cluster).forEach(each -> catalog.snapshots.put(each.ordinary()));
  }

  private List<Snapshot> finalSnapshots(Cluster cluster) {
    return catalog.snapshots.all().stream()
        .filter(snapshot -> snapshot.last() && snapshot.source().equals(cluster.storage()))
        .filter(snapshot -> !snapshot.is(Status.DELETING))
        .toList();
  }

  /// Those of instances whose own deletion has come to nothing go first: nobody would find them
  /// when the cluster is forgotten.
  private void discard(Cluster cluster) throws HostException {
    if (!cluster.isPlain()) {
      for (var left : catalog.instancesOf(cluster)) {
        host.discard(left.readerVolume());
      }
    }
    if (cluster.replicates().isPresent()) {
      host.unfollow(cluster.replicates().get(), cluster.storageId());
    } else {
      host.discard(cluster.storageId());
    }
  }

  private void removed(Cluster cluster) {
    passwords.forget(cluster);
    managedPasswords.forget(cluster);
    catalog.changing(() -> {
      catalog.endpointsOf(cluster).forEach(e -> catalog.clusterEndpoints.remove(e.resourceId()));
      catalog.instancesOf(cluster).forEach(each -> forget(each, cluster));
      snapshots.letGoOf(cluster);
      catalog.clusters.remove(cluster.storage());
      // After that nobody lets it answer again, as a start of the engine does for all that it
      // knows.
      endpoints.close(cluster);
    });
    CrashPoint.CLUSTER_FORGOTTEN.reached();
    events.ofCluster(cluster, "deletion", "DB %s deleted".formatted(cluster.noun()));
  }

  /// That a plain instance is deleted is told with its storage.
  private void forget(Instance instance, Cluster cluster) {
    endpoints.close(instance.resourceId());
    catalog.instances.remove(instance.resourceId());
    if (!cluster.isPlain()) {
      events.ofInstance(instance, "deletion", "DB instance deleted");
    }
  }

  /// Why the cluster stays; nothing if it can go.
  private Optional<String> obstacle(Cluster cluster) {
    return finalSnapshots(cluster).stream()
        .flatMap(snapshot -> problem(snapshot).stream())
        .findFirst();
  }

  private Optional<String> problem(Snapshot snapshot) {
    if (!snapshot.isMade()) {
      return Optional.of("its final snapshot failed");
    }
    try {
      host.harden(snapshot.storageId());
      return Optional.empty();
    } catch (HostException e) {
      LOG.warn(
          "What snapshot '{}' is of stays, as a power failure may take the snapshot: {}",
          snapshot.id(),
          e.getMessage());
      return Optional.of("its final snapshot may not be on the disk");
    }
  }

  /// @param why in words
  private void keep(Cluster cluster, String why) {
    var status =
        host.running(cluster.storageId()) || !cluster.isPlain() ? Status.AVAILABLE : Status.STOPPED;
    // In this order, so that the next engine still finds that it was to go, and starts over.
    if (cluster.isPlain()) {
      catalog
          .instancesOf(cluster)
          .forEach(each -> catalog.instances.settle(each.with(b -> b.dbInstanceStatus(status))));
    }
    catalog.clusters.settle(cluster.storage(), now -> kept(now, status, why));
    catalog.clusters.find(cluster.storage()).ifPresent(passwords::resumeForgotten);
  }

  private static Cluster kept(Cluster cluster, String status, String why) {
    var told =
        DBClusterStatusInfo.builder()
            .statusType("deletion")
            .normal(false)
            .status(status)
            .message("The %s stays: %s.".formatted(cluster.noun(), why))
            .build();
    return cluster.with(builder -> builder.status(status).statusInfos(told));
  }
}
