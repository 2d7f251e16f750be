package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.state.StateException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes and discards the volumes of snapshots, after the answer.
public final class SnapshotWork {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotWork.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Events events;

  /// The volumes of snapshots that are about to be discarded.
  private final Set<String> removing = ConcurrentHashMap.newKeySet();

  public SnapshotWork(Catalog catalog, DatabaseHost host, Work work, Pacing pacing, Events events) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.events = events;
  }

  /// Remembers the snapshot, shows that its cluster or instance is being backed up, and begins to
  /// make it; or does nothing of this.
  public void backUp(Snapshot snapshot, Cluster source) {
    catalog.snapshots.put(snapshot);
    try {
      catalog.clusters.put(source.with(builder -> builder.status(Status.BACKING_UP)));
    } catch (StateException e) {
      catalog.snapshots.remove(snapshot.storage());
      throw e;
    }
    make(snapshot);
  }

  /// Makes the volume from that of the snapshot's source. What is asked of the source later waits.
  public void make(Snapshot snapshot) {
    var end = begin(snapshot);
    work.copying(snapshot.sourceId(), snapshot.storageId(), () -> makeUntil(end, snapshot));
  }

  /// The same within the work on its source. Whether it was made.
  public boolean makeNow(Snapshot snapshot) {
    return makeUntil(begin(snapshot), snapshot);
  }

  private Instant begin(Snapshot snapshot) {
    CrashPoint.SNAPSHOT_RECORDED.reached();
    events.ofSnapshot(
        snapshot, category(snapshot), "Creating %s %s".formatted(type(snapshot), noun(snapshot)));
    return pacing.end(Phase.SNAPSHOT_CREATING);
  }

  private boolean makeUntil(Instant end, Snapshot snapshot) {
    var failure = failure(snapshot).or(() -> forgotten(snapshot));
    if (failure.isEmpty()) {
      pacing.at(
          end,
          () -> {
            catalog.changing(() -> settle(snapshot, Status.AVAILABLE));
            CrashPoint.SNAPSHOT_AVAILABLE.reached();
          });
    } else if (!work.closing()) {
      catalog.changing(() -> fail(snapshot, failure.get()));
    }
    return failure.isEmpty();
  }

  /// Lets the record say that the volume is whole; why it does not, where it cannot. One that
  /// cannot say so is no snapshot: what it is of may go when it is made, and the next engine would
  /// look for that.
  private Optional<String> forgotten(Snapshot snapshot) {
    CrashPoint.SNAPSHOT_COPIED.reached();
    try {
      catalog.changing(() ->
          catalog.snapshots.update(
              snapshot.storage(), now -> now.with(b -> b.percentProgress(100))));
      return Optional.empty();
    } catch (StateException e) {
      LOG.warn("Snapshot '{}' failed: {}", snapshot.id(), e.getMessage());
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static String noun(Snapshot snapshot) {
    return snapshot.isPlain() ? "snapshot" : "cluster snapshot";
  }

  /// Of what tells that it is made; see [dev.dbartifact.localengine.rds.work.EventCategories].
  private static String category(Snapshot snapshot) {
    return snapshot.isPlain() ? "creation" : "backup";
  }

  private static String type(Snapshot snapshot) {
    return snapshot.settings().snapshotType();
  }

  /// Makes it; why it could not be made, where it could not.
  private Optional<String> failure(Snapshot snapshot) {
    try {
      host.copy(snapshot.sourceId(), snapshot.storageId(), CloneKind.COPY_ON_WRITE);
      return Optional.empty();
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Snapshot '%s' failed: %s".formatted(snapshot.id(), e.getMessage()));
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// The cluster first: who sees that the snapshot is there may ask something of its cluster.
  private void settle(Snapshot snapshot, String status) {
    endBackingUp(snapshot);
    var progress = status.equals(Status.AVAILABLE) ? 100 : 0;
    // An automated one may have to go with its cluster meanwhile.
    catalog
        .snapshots
        .find(snapshot.storage())
        .filter(now -> !now.is(Status.DELETING))
        .ifPresent(now -> {
          if (status.equals(Status.AVAILABLE)) {
            tellCreated(now);
          }
          catalog.snapshots.settle(now.with(b -> b.status(status).percentProgress(progress)));
        });
  }

  /// That nobody asked for is forgotten: the schedule makes another.
  private void fail(Snapshot snapshot, String why) {
    var message =
        "The %s snapshot %s could not be made: %s".formatted(type(snapshot), snapshot.id(), why);
    if (snapshot.isAutomated()) {
      endBackingUp(snapshot);
      catalog.snapshots.remove(snapshot.storage());
      catalog
          .clusters
          .find(snapshot.source())
          .ifPresent(of -> events.ofCluster(of, "failure", message));
    } else {
      settle(snapshot, Status.FAILED);
      events.ofSnapshot(snapshot, "notification", message);
    }
  }

  private void tellCreated(Snapshot snapshot) {
    var type = snapshot.isAutomated() ? "Automated" : "Manual";
    events.ofSnapshot(
        snapshot, category(snapshot), "%s %s created".formatted(type, noun(snapshot)));
    if (snapshot.isAutomated() && snapshot.isPlain()) {
      catalog
          .clusters
          .find(snapshot.source())
          .ifPresent(of -> events.ofCluster(of, "backup", "Finished DB Instance backup"));
    }
  }

  /// Shows that an automated snapshot is being made, for as long as the pace says. At the pace
  /// `instant` nothing is shown: whoever works with the cluster need not wait.
  public void showBackingUp(Cluster cluster) {
    if (showsBackingUp()) {
      catalog.clusters.show(cluster.storage(), now -> now.with(b -> b.status(Status.BACKING_UP)));
    }
  }

  public boolean showsBackingUp() {
    return pacing.shows(Phase.SNAPSHOT_CREATING);
  }

  private void endBackingUp(Snapshot snapshot) {
    var cluster = catalog.clusters.find(snapshot.source()).filter(now -> now.is(Status.BACKING_UP));
    if (!snapshot.isAutomated()) {
      cluster.ifPresent(now -> catalog.clusters.settle(available(now)));
    } else if (showsBackingUp()) {
      cluster.ifPresent(now -> catalog.clusters.show(now.storage(), SnapshotWork::available));
    }
    // Else it is a manual one that the cluster shows.
  }

  private static Cluster available(Cluster cluster) {
    return cluster.with(builder -> builder.status(Status.AVAILABLE));
  }

  /// The volume is there, and the engine was stopped before its status said so.
  public void finish(Snapshot snapshot) {
    settle(snapshot, Status.AVAILABLE);
  }

  /// Lets go of an automated snapshot. Within a change of the catalog.
  ///
  /// @return whether it goes; not while something is being made from it
  public boolean letGo(Snapshot automated) {
    if (automated.is(Status.DELETING) || isNeeded(automated)) {
      return false;
    }
    var deleting = automated.with(builder -> builder.status(Status.DELETING));
    if (automated.isUnderWay()) {
      // Should the disk not say so, the next engine lets go of it anew.
      catalog.snapshots.settle(deleting);
    } else {
      catalog.snapshots.put(deleting);
    }
    remove(deleting);
    return true;
  }

  /// Automated snapshots go with their cluster: who wants to retain them is told so.
  ///
  /// @param delete what the request says; null for the default, which is to delete them
  public void requireNoneRetained(Cluster cluster, Boolean delete) {
    if (Boolean.FALSE.equals(delete)
        && catalog.snapshots.all().stream().anyMatch(each -> each.isAutomatedOf(cluster))) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "DeleteAutomatedBackups must be true: the local engine retains no automated backups of"
              + " what is deleted. Copy the automated snapshots of %s that are to stay.",
          cluster.id());
    }
  }

  /// Whether something is made from it, or reset to it: should the engine end now, the next one
  /// must be able to do that again.
  private boolean isNeeded(Snapshot snapshot) {
    return catalog.clusters.all().stream()
            .filter(each -> snapshot.storage().equals(each.cloneOf()))
            .anyMatch(each -> each.is(Status.CREATING) || each.is(Status.BACKTRACKING))
        || catalog.snapshots.all().stream()
            .anyMatch(each -> snapshot.storage().equals(each.source()) && each.isUnderWay());
  }

  /// The automated snapshots of a cluster that goes. Within a change of the catalog.
  void letGoOf(Cluster cluster) {
    catalog.snapshots.all().stream()
        .filter(each -> each.isAutomatedOf(cluster))
        .forEach(this::letGo);
  }

  /// Discards the volume and forgets the snapshot, when the restores from it are done.
  public void remove(Snapshot snapshot) {
    CrashPoint.SNAPSHOT_DELETING.reached();
    removing.add(snapshot.storage());
    work.on(
        List.of(snapshot.storageId()),
        () -> {
          try {
            host.discard(snapshot.storageId());
            CrashPoint.SNAPSHOT_DISCARDED.reached();
            catalog.changing(() -> forget(snapshot));
          } catch (HostException e) {
            LOG.warn(
                "Could not discard the volume of snapshot '%s'; the next start tries again: %s"
                    .formatted(snapshot.id(), e.getMessage()));
          } finally {
            removing.remove(snapshot.storage());
          }
        });
  }

  /// Nothing tells that one of a DB cluster is deleted, or that an automated one is: RDS has no
  /// such events. Who sees that it is gone may ask for the event.
  private void forget(Snapshot snapshot) {
    if (snapshot.isPlain() && !snapshot.isAutomated()) {
      events.ofSnapshot(snapshot, "deletion", "Deleted user snapshot");
    }
    catalog.snapshots.remove(snapshot.storage());
  }

  /// Whether its volume is about to be discarded, which waits for what is made from it.
  public boolean isBeingRemoved(Snapshot snapshot) {
    return removing.contains(snapshot.storage());
  }

  /// Makes the volume anew, whatever there is of it.
  public void makeAgain(Snapshot snapshot) {
    work.on(
        List.of(snapshot.storageId()),
        () -> {
          try {
            host.discard(snapshot.storageId());
          } catch (HostException e) {
            LOG.warn(
                "Could not discard the half-made snapshot '%s': %s"
                    .formatted(snapshot.id(), e.getMessage()));
          }
        });
    make(snapshot);
  }
}
