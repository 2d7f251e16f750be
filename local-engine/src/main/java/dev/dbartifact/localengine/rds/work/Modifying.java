package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;

/// The states that clusters and instances show some time after a change was accepted. At the pace
/// `instant` there are none: the change is made with the answer.
public final class Modifying {

  private final Catalog catalog;
  private final Pacing pacing;

  public Modifying(Catalog catalog, Pacing pacing) {
    this.catalog = catalog;
    this.pacing = pacing;
  }

  public void show(Cluster cluster) {
    show(cluster, Phase.CHANGE_UNNOTICED, Phase.CLUSTER_MODIFYING, Status.MODIFYING);
  }

  public void showNewPassword(Cluster cluster) {
    show(cluster, Phase.PASSWORD_UNNOTICED, Phase.PASSWORD_RESETTING, Status.RESETTING_PASSWORD);
  }

  private void show(Cluster cluster, Phase unnoticed, Phase phase, String status) {
    if (pacing.shows(phase)) {
      pacing.at(
          pacing.end(unnoticed),
          () -> {
            change(cluster, Status.AVAILABLE, status);
            pacing.at(pacing.end(phase), () -> change(cluster, status, Status.AVAILABLE));
          });
    }
  }

  private void change(Cluster cluster, String from, String to) {
    catalog.changing(() ->
        catalog.clusters.update(
            cluster.storage(), now -> now.is(from) ? now.with(b -> b.status(to)) : now));
  }

  public void show(Instance instance) {
    if (pacing.shows(Phase.INSTANCE_MODIFYING)) {
      pacing.at(
          pacing.end(Phase.CHANGE_UNNOTICED),
          () -> {
            change(instance, Status.AVAILABLE, Status.MODIFYING);
            pacing.at(
                pacing.end(Phase.INSTANCE_MODIFYING),
                () -> change(instance, Status.MODIFYING, Status.AVAILABLE));
          });
    }
  }

  private void change(Instance instance, String from, String to) {
    catalog.changing(() ->
        catalog.instances.update(
            instance.resourceId(),
            now -> now.is(from) ? now.with(b -> b.dbInstanceStatus(to)) : now));
  }
}
