package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
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

  public SnapshotWork(Catalog catalog, DatabaseHost host, Work work, Pacing pacing, Events events) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.events = events;
  }

  /// Makes the volume from that of the snapshot's source. What is asked of the source later waits.
  public void make(Snapshot snapshot) {
    CrashPoint.SNAPSHOT_RECORDED.reached();
    events.ofSnapshot(snapshot, "backup", words(snapshot, "Creating manual %ssnapshot"));
    var end = pacing.end(Phase.SNAPSHOT_CREATING);
    work.on(
        List.of(snapshot.sourceId(), snapshot.storageId()),
        () -> {
          if (made(snapshot)) {
            CrashPoint.SNAPSHOT_COPIED.reached();
            catalog.changing(() ->
                catalog.snapshots.update(
                    snapshot.storage(), now -> now.with(b -> b.percentProgress(100))));
            pacing.at(
                end,
                () -> {
                  catalog.changing(() -> settle(snapshot, Status.AVAILABLE));
                  CrashPoint.SNAPSHOT_AVAILABLE.reached();
                });
          } else if (!work.closing()) {
            catalog.changing(() -> settle(snapshot, Status.FAILED));
          }
        });
  }

  private static String words(Snapshot snapshot, String of) {
    return of.formatted(snapshot.isPlain() ? "" : "cluster ");
  }

  private boolean made(Snapshot snapshot) {
    try {
      host.copy(snapshot.sourceId(), snapshot.storageId(), CloneKind.COPY_ON_WRITE);
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Snapshot '%s' failed: %s".formatted(snapshot.id(), e.getMessage()));
      }
      return false;
    }
  }

  /// The cluster first: who sees that the snapshot is there may ask something of its cluster.
  private void settle(Snapshot snapshot, String status) {
    catalog
        .clusters
        .find(snapshot.source())
        .filter(cluster -> cluster.is(Status.BACKING_UP))
        .ifPresent(cluster -> catalog.clusters.put(cluster.with(b -> b.status(Status.AVAILABLE))));
    if (status.equals(Status.AVAILABLE)) {
      events.ofSnapshot(snapshot, "backup", words(snapshot, "Manual %ssnapshot created"));
    }
    var progress = status.equals(Status.AVAILABLE) ? 100 : 0;
    catalog.snapshots.update(
        snapshot.storage(), now -> now.with(b -> b.status(status).percentProgress(progress)));
  }

  /// The volume is there, and the engine was stopped before its status said so.
  void finish(Snapshot snapshot) {
    settle(snapshot, Status.AVAILABLE);
  }

  /// Discards the volume and forgets the snapshot, when the restores from it are done.
  public void remove(Snapshot snapshot) {
    CrashPoint.SNAPSHOT_DELETING.reached();
    work.on(
        List.of(snapshot.storageId()),
        () -> {
          try {
            host.discard(snapshot.storageId());
            CrashPoint.SNAPSHOT_DISCARDED.reached();
            catalog.changing(() -> catalog.snapshots.remove(snapshot.storage()));
          } catch (HostException e) {
            LOG.warn(
                "Could not discard the volume of snapshot '%s'; the next start tries again: %s"
                    .formatted(snapshot.id(), e.getMessage()));
          }
        });
  }

  /// Makes the volume anew, whatever there is of it.
  void makeAgain(Snapshot snapshot) {
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
