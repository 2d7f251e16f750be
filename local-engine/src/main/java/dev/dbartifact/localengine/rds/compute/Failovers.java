package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Modifying;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets another instance of a cluster write. The cluster's volume is what it was: the old writer
/// closes it, the new one opens it, so that nothing that was committed can be lost.
public final class Failovers {

  private static final Logger LOG = LoggerFactory.getLogger(Failovers.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Modifying modifying;
  private final Members members;
  private final ServerWork servers;
  private final Events events;

  public Failovers(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      Modifying modifying,
      Members members,
      ServerWork servers,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.modifying = modifying;
    this.members = members;
    this.servers = servers;
    this.events = events;
  }

  /// Hands over to this reader; the old writer reads then.
  public void begin(Cluster cluster, Instance successor) {
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_FAILING_OVER);
    work.on(
        List.of(cluster.storageId()),
        () -> {
          try {
            catalog.clusters.find(cluster.storage()).ifPresent(now -> run(now, successor));
          } finally {
            pacing.at(end, () -> available(cluster));
          }
        });
  }

  /// @param cluster as it is now: what was under way when the failover was asked for, as the
  ///   deletion of its writer, may have let another one write
  private void run(Cluster cluster, Instance successor) {
    members
        .writer(cluster)
        .filter(former -> !former.resourceId().equals(successor.resourceId()))
        .filter(former -> handOver(cluster, former, successor))
        .filter(former -> !isDeleting(former))
        .ifPresent(servers::serveNow);
  }

  private void available(Cluster cluster) {
    catalog.changing(() ->
        catalog.clusters.settle(
            cluster.storage(),
            now ->
                now.is(Status.FAILING_OVER)
                    ? now.with(builder -> builder.status(Status.AVAILABLE))
                    : now));
  }

  /// Ends the instance's server; a reader takes over from a writer.
  ///
  /// @param closed may be run before its end, once it takes no more sessions
  /// @param inVain whether what it writes is about to be thrown away
  /// @throws HostException if its server cannot be stopped
  void leave(Cluster cluster, Instance instance, Runnable closed, BooleanSupplier inVain)
      throws HostException {
    var successor =
        Optional.of(cluster).filter(of -> members.writes(instance)).flatMap(members::successor);
    if (successor.isEmpty()) {
      servers.stopNow(cluster, instance, closed, inVain);
    } else if (!handOver(cluster, instance, successor.get())) {
      servers.stopNow(cluster, instance);
      // Nobody is left to give it back to: a cluster with an instance has a writer.
      host.discard(successor.get().readerVolume());
      takeOver(cluster, successor.get());
    }
  }

  /// The writer's server ends, and that of the successor starts on the cluster's volume. Whether it
  /// got that far; else the old writer goes on, unless it is being deleted.
  private boolean handOver(Cluster cluster, Instance former, Instance successor) {
    announce(cluster, former, successor);
    try {
      // While the writer still answers.
      host.unfollow(cluster.storageId(), successor.readerVolume());
      CrashPoint.WRITER_UNSTOPPED.reached();
      host.stop(cluster.storageId());
      CrashPoint.WRITER_STOPPED.reached();
    } catch (HostException e) {
      LOG.warn("Cluster '{}' was not failed over: {}", cluster.id(), e.getMessage());
      giveBack(cluster, former, successor);
      return false;
    }
    if (!takeOver(cluster, successor) && !isDeleting(former)) {
      giveBack(cluster, former, successor);
      return false;
    }
    return true;
  }

  /// Lets a reader write in place of an instance whose server has ended by itself, where one can.
  ///
  /// @return the one that could not take over in spite of that, if it has lost its volume to the
  ///   attempt: it follows again when there is a writer
  Optional<Instance> letSucceed(Cluster cluster, Instance former) {
    var successor =
        Optional.of(cluster)
            .filter(of -> of.is(Status.AVAILABLE) && members.writes(former))
            .flatMap(members::successor)
            .filter(each -> each.is(Status.AVAILABLE) && host.running(each.readerVolume()));
    if (successor.isEmpty() || succeed(cluster, former, successor.get())) {
      return Optional.empty();
    }
    return successor.filter(each -> !host.running(each.readerVolume()));
  }

  /// Lets this reader write in place of an instance whose server has ended by itself. Whether its
  /// server starts; else, also where the reader's own does not end, the old writer is the writer as
  /// before.
  private boolean succeed(Cluster cluster, Instance former, Instance successor) {
    announce(cluster, former, successor);
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_FAILING_OVER);
    modifying.change(cluster, Status.AVAILABLE, Status.FAILING_OVER);
    try {
      name(cluster, successor);
      CrashPoint.WRITER_CHANGED.reached();
      if (isFreed(cluster, successor) && takeOver(cluster, successor)) {
        return true;
      }
      name(cluster, former);
      fail(cluster);
      return false;
    } finally {
      pacing.at(end, () -> modifying.change(cluster, Status.FAILING_OVER, Status.AVAILABLE));
    }
  }

  /// Whether its own volume is gone, and the server on that.
  private boolean isFreed(Cluster cluster, Instance successor) {
    try {
      host.discard(successor.readerVolume());
      return true;
    } catch (HostException e) {
      LOG.warn("Cluster '{}' was not failed over: {}", cluster.id(), e.getMessage());
      return false;
    }
  }

  /// Whether its server starts, on a volume that nobody has any more.
  private boolean takeOver(Cluster cluster, Instance successor) {
    name(cluster, successor);
    CrashPoint.WRITER_CHANGED.reached();
    var serves = servers.serveNow(successor);
    if (serves) {
      events.ofCluster(cluster, "failover", "Completed failover to DB instance: " + successor.id());
    }
    return serves;
  }

  /// Also on a full disk: the volume is one, and whoever is named on the disk writes after a
  /// restart.
  private void name(Cluster cluster, Instance writer) {
    catalog.changing(
        () -> catalog.clusters.settle(cluster.storage(), now -> now.writtenBy(writer)));
  }

  private boolean isDeleting(Instance instance) {
    return catalog.instances.find(instance.resourceId()).stream()
        .anyMatch(now -> now.is(Status.DELETING));
  }

  private void giveBack(Cluster cluster, Instance former, Instance successor) {
    fail(cluster);
    if (isDeleting(former)) {
      return;
    }
    events.ofCluster(cluster, "failover", "Promoting previous primary again: " + former.id());
    name(cluster, former);
    servers.serveNow(former);
    servers.serveNow(successor);
  }

  private void fail(Cluster cluster) {
    events.ofCluster(
        cluster,
        "failover",
        "Cluster failover failed, check the health of your cluster instances and try again.");
  }

  private void announce(Cluster cluster, Instance former, Instance successor) {
    var zone = successor.settings().availabilityZone();
    var same = zone.equals(former.settings().availabilityZone());
    events.ofCluster(
        cluster,
        "failover",
        "Started %s AZ failover to DB instance: %s"
            .formatted(same ? "same" : "cross", successor.id()));
  }
}
