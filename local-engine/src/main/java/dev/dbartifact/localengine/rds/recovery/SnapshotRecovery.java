package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes the snapshots that were being made or deleted, or lets them go.
final class SnapshotRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(SnapshotRecovery.class);

  private final Catalog catalog;
  private final SnapshotWork work;

  SnapshotRecovery(Catalog catalog, SnapshotWork work) {
    this.catalog = catalog;
    this.work = work;
  }

  void settle(Snapshot snapshot) {
    switch (snapshot.settings().status()) {
      case Status.DELETING -> work.remove(snapshot);
      case Status.CREATING, Status.COPYING -> finishOrFail(snapshot);
      default -> {}
    }
  }

  private void finishOrFail(Snapshot snapshot) {
    if (snapshot.isAutomated() && !isOfACluster(snapshot)) {
      work.letGo(snapshot);
    } else if (snapshot.isMade()) {
      work.finish(snapshot);
    } else if (snapshot.isAutomated()) {
      // Its name says when it was begun: the schedule makes another.
      work.letGo(snapshot);
    } else if (isOfACluster(snapshot) || catalog.snapshots.find(snapshot.source()).isPresent()) {
      work.makeAgain(snapshot);
    } else {
      LOG.warn(
          "The snapshot '%s' was interrupted, and its source is gone".formatted(snapshot.id()));
      catalog.snapshots.settle(snapshot.with(builder -> builder.status(Status.FAILED)));
    }
  }

  private boolean isOfACluster(Snapshot snapshot) {
    return catalog.clusters.find(snapshot.source()).isPresent();
  }
}
