package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Standstills;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.util.Collections;
import java.util.List;

/// Starts and stops the servers of a cluster, and with them the cluster and its instances.
public final class StartsAndStops {

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final ServerWork servers;
  private final Members members;
  private final Events events;
  private final Standstills standstills;

  public StartsAndStops(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      Availability availability,
      ServerWork servers,
      Members members,
      Events events,
      Standstills standstills) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.servers = servers;
    this.members = members;
    this.events = events;
    this.standstills = standstills;
  }

  /// Starts the server if there is an instance; the cluster is available either way.
  public void start(Cluster cluster) {
    var instances = members.of(cluster);
    if (instances.isEmpty()) {
      var end = pacing.begin(cluster.storage(), Phase.CLUSTER_STARTING);
      work.on(
          List.of(cluster.storageId()), () -> pacing.at(end, () -> availability.reached(cluster)));
    } else {
      var ends = instances.stream().map(servers::boot).toList();
      work.on(
          List.of(cluster.storageId()),
          () -> pacing.at(Collections.max(ends), () -> availability.reached(cluster)));
    }
  }

  /// Stops the server; the cluster and its instances are stopped then.
  public void stop(Cluster cluster) {
    var id = cluster.storageId();
    var what = "stop the server of '" + cluster.id() + "'";
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_STOPPING);
    work.on(
        List.of(id),
        () -> {
          if (standstills.done(cluster, what, () -> stopNow(cluster))) {
            CrashPoint.CLUSTER_STOPPED.reached();
            pacing.at(end, () -> catalog.changing(() -> stopped(cluster.storage())));
          }
        });
  }

  /// The readers first: while the writer runs, it can forget them.
  private void stopNow(Cluster cluster) throws HostException {
    for (var instance : members.of(cluster).reversed()) {
      servers.stopNow(cluster, instance);
    }
    host.stop(cluster.storageId());
  }

  /// Not what is to go meanwhile.
  private void stopped(String storage) {
    catalog.clusters.find(storage).filter(now -> now.is(Status.STOPPING)).ifPresent(this::stopped);
  }

  private void stopped(Cluster cluster) {
    catalog.instancesOf(cluster).stream()
        .filter(instance -> instance.is(Status.STOPPING))
        .forEach(instance ->
            catalog.instances.settle(instance.with(b -> b.dbInstanceStatus(Status.STOPPED))));
    catalog.clusters.settle(
        cluster.storage(),
        now -> Standstills.over(now).with(builder -> builder.status(Status.STOPPED)));
    events.ofCluster(cluster, "notification", "DB %s stopped".formatted(cluster.noun()));
  }

  /// Ends a server that no instance needs: one that was learning a password when the engine ended,
  /// or was about to end. Also what one that has ended did not bring to the disk.
  public void endIdleServer(Cluster cluster) {
    work.on(
        List.of(cluster.storageId()),
        () ->
            HostStep.tried(
                "stop the server of '" + cluster.id() + "'", () -> host.stop(cluster.storageId())));
  }
}
