package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// Tells why a cluster or an instance stays in the state that it shows, as one whose server does
/// not end. For those who read only: the next start of the engine knows nothing of it, and tries
/// again.
public final class Standstills {

  private static final String TYPE = "standstill";
  private static final String NEXT = ". The next start of the engine tries again";

  private final Catalog catalog;
  private final Work work;
  private final Events events;

  public Standstills(Catalog catalog, Work work, Events events) {
    this.catalog = catalog;
    this.work = work;
    this.events = events;
  }

  /// Whether it was done; else the cluster tells why, unless it was the end of the engine.
  ///
  /// @param what is tried, on what
  public boolean done(Cluster cluster, String what, HostStep step) {
    var failure = HostStep.failure(what, step);
    if (failure.isPresent() && !work.closing()) {
      tell(cluster, failure.get());
    }
    return failure.isEmpty();
  }

  private void tell(Cluster cluster, String why) {
    catalog.changing(() ->
        catalog.clusters.show(
            cluster.storage(), now -> now.with(to -> to.statusInfos(info(now, why + NEXT)))));
    events.ofCluster(cluster, "failure", why + NEXT);
  }

  private static DBClusterStatusInfo info(Cluster now, String message) {
    return DBClusterStatusInfo.builder()
        .statusType(TYPE)
        .normal(false)
        .status(now.status())
        .message(message)
        .build();
  }

  /// The same of an instance.
  public boolean done(Instance instance, String what, HostStep step) {
    var failure = HostStep.failure(what, step);
    if (failure.isPresent() && !work.closing()) {
      tell(instance, failure.get());
    }
    return failure.isEmpty();
  }

  private void tell(Instance instance, String why) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(), now -> now.with(to -> to.statusInfos(info(now, why + NEXT)))));
    events.ofInstance(instance, "failure", why + NEXT);
  }

  private static DBInstanceStatusInfo info(Instance now, String message) {
    return DBInstanceStatusInfo.builder()
        .statusType(TYPE)
        .normal(false)
        .status(now.settings().dbInstanceStatus())
        .message(message)
        .build();
  }

  /// The cluster without what was told of it here.
  public static Cluster over(Cluster cluster) {
    var told = cluster.settings().statusInfos();
    var rest = told.stream().filter(each -> !TYPE.equals(each.statusType())).toList();
    // To be described as one that was never told of, it must not have an empty list.
    return rest.size() == told.size()
        ? cluster
        : cluster.with(to -> to.statusInfos(rest.isEmpty() ? null : rest));
  }
}
