package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;

/// The end of an instance: its server stops, after a reader took over where one can, and it is
/// forgotten.
public final class InstanceRemoval {

  private final Catalog catalog;
  private final Work work;
  private final Pacing pacing;
  private final Failovers failovers;
  private final Events events;

  public InstanceRemoval(
      Catalog catalog, Work work, Pacing pacing, Failovers failovers, Events events) {
    this.catalog = catalog;
    this.work = work;
    this.pacing = pacing;
    this.failovers = failovers;
    this.events = events;
  }

  public void begin(Instance instance) {
    CrashPoint.INSTANCE_DELETING.reached();
    var end = pacing.begin(instance, Phase.INSTANCE_DELETING);
    work.on(
        List.of(new StorageId(instance.storage())),
        () -> {
          if (HostStep.tried(
              "stop the server of instance '" + instance.id() + "'", () -> leave(instance))) {
            CrashPoint.SERVER_STOPPED.reached();
            pacing.at(end, () -> forget(instance));
          }
        });
  }

  private void leave(Instance instance) throws HostException {
    var cluster = catalog.clusters.find(instance.storage());
    if (cluster.isPresent()) {
      failovers.leave(cluster.get(), instance);
    }
  }

  private void forget(Instance instance) {
    catalog.changing(() -> catalog.instances.remove(instance.resourceId()));
    CrashPoint.INSTANCE_FORGOTTEN.reached();
    events.ofInstance(instance, "deletion", "DB instance deleted");
  }
}
