package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Standstills;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Instant;
import java.util.List;

/// The end of an instance: its server stops, after a reader took over where one can, and it is
/// forgotten.
public final class InstanceRemoval {

  private final Catalog catalog;
  private final Work work;
  private final Pacing pacing;
  private final Failovers failovers;
  private final Endpoints endpoints;
  private final Events events;
  private final Standstills standstills;

  public InstanceRemoval(
      Catalog catalog,
      Work work,
      Pacing pacing,
      Failovers failovers,
      Endpoints endpoints,
      Events events,
      Standstills standstills) {
    this.catalog = catalog;
    this.work = work;
    this.pacing = pacing;
    this.failovers = failovers;
    this.endpoints = endpoints;
    this.events = events;
    this.standstills = standstills;
  }

  public void begin(Instance instance) {
    CrashPoint.INSTANCE_DELETING.reached();
    var leaving = new Leaving(instance, pacing.begin(instance, Phase.INSTANCE_DELETING));
    work.on(
        List.of(new StorageId(instance.storage())),
        () -> {
          var what = "stop the server of instance '" + instance.id() + "'";
          if (standstills.done(instance, what, leaving::run)) {
            leaving.closed();
          }
        });
  }

  /// An instance is gone when its server takes no more sessions. The server goes on to write, for
  /// the next one on the volume; not if the cluster is deleted meanwhile, which throws that away.
  private final class Leaving {
    private final Instance instance;
    private final Instant end;
    private boolean closed;

    Leaving(Instance instance, Instant end) {
      this.instance = instance;
      this.end = end;
    }

    void run() throws HostException {
      var cluster = catalog.clusters.find(instance.storage());
      if (cluster.isPresent()) {
        failovers.leave(cluster.get(), instance, this::closed, this::inVain);
      }
    }

    void closed() {
      if (!closed) {
        closed = true;
        CrashPoint.SERVER_STOPPED.reached();
        pacing.at(end, () -> forget(instance));
      }
    }

    /// Whether the cluster goes, too, and nobody waits for a copy of it.
    private boolean inVain() {
      var storage = instance.storage();
      return catalog.clusters.find(storage).filter(of -> of.is(Status.DELETING)).isPresent()
          && catalog.clusters.all().stream()
              .noneMatch(each -> storage.equals(each.cloneOf()) && each.is(Status.CREATING))
          && catalog.snapshots.all().stream()
              .noneMatch(each -> storage.equals(each.source()) && each.isUnderWay());
    }
  }

  /// Unless its cluster was, with it.
  private void forget(Instance instance) {
    if (catalog.changing(() -> isForgotten(instance))) {
      CrashPoint.INSTANCE_FORGOTTEN.reached();
      events.ofInstance(instance, "deletion", "DB instance deleted");
    }
  }

  private boolean isForgotten(Instance instance) {
    var there = catalog.instances.find(instance.resourceId()).isPresent();
    if (there) {
      endpoints.close(instance.resourceId());
      catalog.instances.remove(instance.resourceId());
    }
    return there;
  }
}
