package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// The states that clusters and instances show some time after a change was accepted. At the pace
/// `instant` there are none: the change is made with the answer. They are written nowhere.
public final class Modifying {

  private final Catalog catalog;
  private final Pacing pacing;
  private final Events events;

  public Modifying(Catalog catalog, Pacing pacing, Events events) {
    this.catalog = catalog;
    this.pacing = pacing;
    this.events = events;
  }

  /// @param before as it was
  /// @param after as it is, and as it is remembered
  public void show(Cluster before, Cluster after) {
    var was = before.settings();
    var is = after.settings();
    if (!was.dbClusterIdentifier().equals(is.dbClusterIdentifier())) {
      show(after, Phase.CHANGE_UNNOTICED, Phase.CLUSTER_MODIFYING, Status.RENAMING);
    } else if (!Objects.equals(
        was.iamDatabaseAuthenticationEnabled(), is.iamDatabaseAuthenticationEnabled())) {
      show(after, Phase.CHANGE_UNNOTICED, Phase.CLUSTER_MODIFYING, Status.CONFIGURING_IAM);
      catalog.instancesOf(after).forEach(each -> show(each, Status.CONFIGURING_IAM));
    } else {
      show(after, Phase.CHANGE_UNNOTICED, Phase.CLUSTER_MODIFYING, Status.MODIFYING);
      if (!was.enabledCloudwatchLogsExports().equals(is.enabledCloudwatchLogsExports())) {
        // No state of clusters is about logs.
        catalog.instancesOf(after).forEach(each -> show(each, Status.CONFIGURING_LOGS));
      }
    }
  }

  /// Until when a password that is accepted now is shown as being reset.
  public Instant endOfNewPassword() {
    return pacing.end(Phase.PASSWORD_UNNOTICED).plus(pacing.length(Phase.PASSWORD_RESETTING));
  }

  public void showNewPassword(Cluster cluster) {
    show(cluster, Phase.PASSWORD_UNNOTICED, Phase.PASSWORD_RESETTING, Status.RESETTING_PASSWORD);
  }

  /// Shows that the cluster is being renamed, from now on.
  ///
  /// @return to be run when that is done; at the pace of AWS it is shown for longer
  public Runnable showRenaming(Cluster cluster) {
    change(cluster, Status.AVAILABLE, Status.RENAMING);
    var end = pacing.end(Phase.CHANGE_UNNOTICED).plus(pacing.length(Phase.CLUSTER_MODIFYING));
    return () -> pacing.at(end, () -> change(cluster, Status.RENAMING, Status.AVAILABLE));
  }

  /// The same for an instance.
  public Runnable showRenaming(Instance instance) {
    change(instance, Status.AVAILABLE, Status.RENAMING);
    var end = pacing.end(Phase.CHANGE_UNNOTICED).plus(pacing.length(Phase.INSTANCE_MODIFYING));
    return () -> pacing.at(end, () -> change(instance, Status.RENAMING, Status.AVAILABLE));
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

  /// Shows the other state, while the cluster is in the one.
  public void change(Cluster cluster, String from, String to) {
    catalog.changing(() ->
        catalog.clusters.show(
            cluster.storage(), now -> now.is(from) ? now.with(b -> b.status(to)) : now));
  }

  /// The same for an instance, and lets events tell what is changed.
  public void show(Instance before, Instance after) {
    var changes = Modifications.between(before, after);
    var was = before.settings();
    var is = after.settings();
    if (!was.dbInstanceIdentifier().equals(is.dbInstanceIdentifier())) {
      show(changes, Status.RENAMING);
    } else if (!Objects.equals(
        was.iamDatabaseAuthenticationEnabled(), is.iamDatabaseAuthenticationEnabled())) {
      show(changes, Status.CONFIGURING_IAM);
    } else if (!was.enabledCloudwatchLogsExports().equals(is.enabledCloudwatchLogsExports())) {
      show(changes, Status.CONFIGURING_LOGS);
    } else {
      show(changes, Status.MODIFYING);
    }
  }

  /// Lets events tell what is changed where another state is shown for it.
  public void tell(Instance before, Instance after) {
    tell(Modifications.between(before, after));
  }

  private void tell(Modifications changes) {
    tell(changes.instance(), changes.begun());
    tell(changes.instance(), changes.finished());
  }

  /// Only of one that is there still, and by the name that it has by now: another may have the one
  /// that it had.
  private void tell(Instance instance, List<String> messages) {
    catalog.changing(() ->
        catalog
            .instances
            .find(instance.resourceId())
            .filter(now -> !now.is(Status.DELETING))
            .ifPresent(now ->
                messages.forEach(
                    message -> events.ofInstance(now, "configuration change", message))));
  }

  private void show(Instance instance, String status) {
    show(Modifications.none(instance), status);
  }

  private void show(Modifications changes, String status) {
    if (!pacing.shows(Phase.INSTANCE_MODIFYING)) {
      tell(changes);
      return;
    }
    pacing.at(
        pacing.end(Phase.CHANGE_UNNOTICED),
        () -> {
          tell(changes.instance(), changes.begun());
          change(changes.instance(), Status.AVAILABLE, status);
          pacing.at(pacing.end(Phase.INSTANCE_MODIFYING), () -> finish(changes, status));
        });
  }

  /// Who sees that it is available may ask for the events.
  private void finish(Modifications changes, String status) {
    tell(changes.instance(), changes.finished());
    change(changes.instance(), status, Status.AVAILABLE);
  }

  private void change(Instance instance, String from, String to) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(),
            now -> now.is(from) ? now.with(b -> b.dbInstanceStatus(to)) : now));
  }
}
