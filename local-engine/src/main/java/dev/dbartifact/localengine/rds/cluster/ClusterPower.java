package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.Failovers;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.storage.StartsAndStops;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// Stopping, starting, rebooting and failing over a cluster. RDS answers with the state before: to
/// StopDBCluster and StartDBCluster in recordings of Cloud Custodian (2019), to FailoverDBCluster
/// in the example of the AWS CLI (2026).
public final class ClusterPower {

  private final Catalog catalog;
  private final NamedClusters clusters;
  private final StartsAndStops startsAndStops;
  private final Members members;
  private final Failovers failovers;
  private final Descriptions descriptions;

  public ClusterPower(
      Catalog catalog,
      NamedClusters clusters,
      StartsAndStops startsAndStops,
      Members members,
      Failovers failovers,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.clusters = clusters;
    this.startsAndStops = startsAndStops;
    this.members = members;
    this.failovers = failovers;
    this.descriptions = descriptions;
  }

  DBCluster stop(String idOrArn) {
    return catalog.changing(() -> {
      var cluster = clusters.find(idOrArn);
      require(cluster, Status.AVAILABLE);
      var instances = catalog.instancesOf(cluster);
      instances.forEach(ClusterPower::requireAvailable);
      var stopping = cluster.with(builder -> builder.status(Status.STOPPING));
      catalog.clusters.put(stopping);
      CrashPoint.CLUSTER_STOPPING.reached();
      change(instances, Status.STOPPING);
      startsAndStops.stop(stopping);
      return descriptions.of(cluster);
    });
  }

  DBCluster start(String idOrArn) {
    return catalog.changing(() -> {
      var cluster = clusters.find(idOrArn);
      require(cluster, Status.STOPPED, Status.INACCESSIBLE_KEY_RECOVERABLE);
      var starting = cluster.with(builder -> builder.status(Status.STARTING));
      catalog.clusters.put(starting);
      CrashPoint.CLUSTER_STARTING.reached();
      change(catalog.instancesOf(cluster), Status.STARTING);
      startsAndStops.start(starting);
      return descriptions.of(cluster);
    });
  }

  /// See RebootDBCluster in the API Reference: only Multi-AZ DB clusters are rebooted as a whole.
  DBCluster reboot(String idOrArn) {
    var cluster = clusters.find(idOrArn);
    require(cluster, Status.AVAILABLE);
    throw RdsFault.INVALID_CLUSTER_STATE.with(
        "Cannot reboot %s: RebootDBCluster is for Multi-AZ DB clusters. Reboot the DB instances of"
            + " an Aurora DB cluster.",
        cluster.id());
  }

  DBCluster failOver(String idOrArn, String target) {
    return catalog.changing(() -> {
      var cluster = clusters.find(idOrArn);
      require(cluster, Status.AVAILABLE);
      var successor =
          target == null
              ? members.successor(cluster).orElseThrow(() -> noReader(cluster))
              : named(cluster, target.toLowerCase(Locale.ROOT));
      requireAvailable(successor);
      var failingOver = cluster.with(builder -> builder.status(Status.FAILING_OVER));
      catalog.clusters.put(failingOver);
      failovers.begin(failingOver, successor);
      return descriptions.of(cluster);
    });
  }

  private Instance named(Cluster cluster, String target) {
    var all = members.of(cluster);
    var found =
        all.stream()
            .filter(each -> each.id().equals(target))
            .findFirst()
            .orElseThrow(() ->
                catalog.instance(target).isPresent()
                    ? RdsFault.INVALID_INSTANCE_STATE.with(
                        "DB instance %s is not a member of DB cluster %s.", target, cluster.id())
                    : RdsFault.INVALID_PARAMETER_VALUE.with(
                        "The target instance %s does not exist.", target));
    if (all.size() == 1) {
      throw noReader(cluster);
    }
    if (found == all.getFirst()) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "DB instance %s is the writer of DB cluster %s already.", target, cluster.id());
    }
    return found;
  }

  private static RuntimeException noReader(Cluster cluster) {
    return RdsFault.INVALID_CLUSTER_STATE.with(
        "Cannot fail over DB cluster %s: it has no Aurora Replica that can be promoted.",
        cluster.id());
  }

  private void change(List<Instance> instances, String status) {
    instances.forEach(
        each -> catalog.instances.put(each.with(builder -> builder.dbInstanceStatus(status))));
  }

  private static void require(Cluster cluster, String... allowed) {
    if (!List.of(allowed).contains(cluster.status())) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DbCluster %s is in %s state but expected it to be one of %s.",
          cluster.id(), cluster.status(), String.join(",", allowed));
    }
  }

  private static void requireAvailable(Instance instance) {
    if (!instance.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Instance %s is in %s state but expected it to be one of available.",
          instance.id(), instance.settings().dbInstanceStatus());
    }
  }
}
