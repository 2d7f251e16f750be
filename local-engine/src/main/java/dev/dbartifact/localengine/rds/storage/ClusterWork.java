package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Standstills;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.state.StateException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;

/// What happens after an answer: volumes are made and discarded, servers started and stopped, and
/// the states say how far that got.
public final class ClusterWork {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWork.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final ServerWork servers;
  private final MasterPasswords passwords;
  private final ManagedPasswords managedPasswords;
  private final SnapshotWork snapshots;
  private final Members members;
  private final Endpoints endpoints;
  private final Events events;
  private final Standstills standstills;

  public ClusterWork(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      Availability availability,
      ServerWork servers,
      MasterPasswords passwords,
      ManagedPasswords managedPasswords,
      SnapshotWork snapshots,
      Members members,
      Endpoints endpoints,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.servers = servers;
    this.passwords = passwords;
    this.managedPasswords = managedPasswords;
    this.snapshots = snapshots;
    this.members = members;
    this.endpoints = endpoints;
    this.events = events;
    this.standstills = new Standstills(catalog, events);
  }

  public void make(Cluster cluster, NewDatabase database) {
    var id = cluster.storageId();
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_CREATING);
    work.on(
        List.of(id),
        () -> {
          if (made(cluster, Status.FAILED, () -> host.create(id, database))) {
            work.aside(() -> pacing.at(end, () -> reached(cluster)));
          }
        });
  }

  /// Remembers a new cluster, while its volume is already being made. If that fails, the volume
  /// goes again.
  ///
  /// @param noRoom the fault where the disk is full
  public void record(Cluster cluster, RdsFault noRoom) {
    CrashPoint.CLUSTER_UNRECORDED.reached();
    try {
      catalog.clusters.put(cluster);
      endpoints.listen(cluster);
    } catch (StateException e) {
      discard(cluster.storageId());
      throw e.outOfSpace()
          ? noRoom.with("There is no room for another DB %s: %s", cluster.noun(), e.getMessage())
          : e;
    }
    CrashPoint.CLUSTER_RECORDED.reached();
  }

  /// Its volume was made before the engine started.
  void makeAvailable(Cluster cluster) {
    work.on(List.of(cluster.storageId()), () -> reached(cluster));
  }

  /// The volume is there: what waits for it may go on.
  private void reached(Cluster cluster) {
    CrashPoint.CLUSTER_UNAVAILABLE.reached();
    availability.reached(cluster);
    CrashPoint.CLUSTER_AVAILABLE.reached();
  }

  public void copy(Cluster cluster) {
    var id = cluster.storageId();
    var source = new StorageId(cluster.cloneOf());
    var end = pacing.begin(cluster.storage(), phase(cluster));
    var stages = Stages.of("The copy for " + cluster.storage());
    Runnable job =
        () -> {
          stages.done("waiting for other work").end();
          if (made(cluster, Status.CLONING_FAILED, () -> copy(source, cluster))) {
            // The server of a waiting instance starts while this is written.
            work.aside(() -> pacing.at(end, () -> reached(cluster)));
          }
        };
    if (cluster.restoreTo() == null) {
      work.copying(source, id, job);
    } else {
      // From the source's history, which must not be cut meanwhile.
      work.on(List.of(source, id), job);
    }
  }

  private Phase phase(Cluster cluster) {
    var shares =
        cluster.cloneKind() == CloneKind.COPY_ON_WRITE
            && catalog.snapshots.find(cluster.cloneOf()).isEmpty();
    return shares ? Phase.CLONE_CREATING : Phase.COPY_CREATING;
  }

  private void copy(StorageId source, Cluster cluster) throws HostException {
    if (cluster.restoreTo() != null) {
      host.history().restore(source, cluster.storageId(), Instant.parse(cluster.restoreTo()));
      return;
    }
    var made = host.copy(source, cluster.storageId(), cluster.cloneKind());
    if (made != cluster.cloneKind()) {
      LOG.warn(
          "The volume of cluster '%s' is a %s: the data directory shares no blocks"
              .formatted(cluster.id(), made));
    }
  }

  /// Runs what makes a cluster; a failure becomes its state, and its instances'.
  private boolean made(Cluster cluster, String failure, HostStep step) {
    try {
      step.run();
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Cluster '%s' is %s: %s".formatted(cluster.id(), failure, e.getMessage()));
        catalog.changing(
            () -> catalog.clusters.settle(cluster.storage(), c -> failed(c, failure, e)));
      }
      return false;
    }
  }

  private static Cluster failed(Cluster cluster, String status, Exception reason) {
    var why =
        DBClusterStatusInfo.builder()
            .statusType("creation")
            .normal(false)
            .status(status)
            .message(reason.getMessage())
            .build();
    return cluster.with(builder -> builder.status(status).statusInfos(why));
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

  /// Ends a server that no instance needs: one that was learning a password when the engine ended,
  /// or was about to end. Also what one that has ended did not bring to the disk.
  void endIdleServer(Cluster cluster) {
    work.on(
        List.of(cluster.storageId()),
        () ->
            HostStep.tried(
                "stop the server of '" + cluster.id() + "'", () -> host.stop(cluster.storageId())));
  }

  /// Stops the server; the cluster and its instances are stopped then.
  public void stop(Cluster cluster) {
    var id = cluster.storageId();
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_STOPPING);
    work.on(
        List.of(id),
        () -> {
          if (done(cluster, "stop the server of '%s'", () -> stopNow(cluster))) {
            CrashPoint.CLUSTER_STOPPED.reached();
            pacing.at(end, () -> catalog.changing(() -> stopped(cluster)));
          }
        });
  }

  /// Whether it was done; else the cluster says why, and the next start tries again.
  private boolean done(Cluster cluster, String what, HostStep step) {
    var failure = HostStep.failure(what.formatted(cluster.id()), step);
    if (failure.isPresent() && !work.closing()) {
      standstills.of(cluster, failure.get());
    }
    return failure.isEmpty();
  }

  /// The readers first: while the writer runs, it can forget them.
  private void stopNow(Cluster cluster) throws HostException {
    for (var instance : members.of(cluster).reversed()) {
      servers.stopNow(cluster, instance);
    }
    host.stop(cluster.storageId());
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

  /// Roles come to be used some time after the answer, as on AWS.
  public void activateRoles(Cluster cluster) {
    var end = pacing.end(Phase.ROLE_PENDING);
    work.on(
        List.of(cluster.storageId()),
        () ->
            pacing.at(
                end,
                () ->
                    catalog.changing(() ->
                        catalog.clusters.settle(cluster.storage(), ClusterWork::withActiveRoles))));
  }

  private static Cluster withActiveRoles(Cluster cluster) {
    var roles =
        cluster.settings().associatedRoles().stream()
            .map(role -> role.copy(builder -> builder.status("ACTIVE")))
            .toList();
    return cluster.with(builder -> builder.associatedRoles(roles));
  }

  /// Discards the volume and forgets the cluster; not without its final snapshot, which also a
  /// power failure right after that cannot take any more.
  public void remove(Cluster cluster) {
    var end = pacing.begin(cluster.storage(), Phase.CLUSTER_DELETING);
    work.on(
        cluster.volumes(),
        () -> {
          var obstacle = obstacle(cluster);
          if (obstacle.isPresent()) {
            catalog.changing(() -> keep(cluster, obstacle.get()));
          } else if (done(cluster, "discard the volume of '%s'", () -> discard(cluster))) {
            CrashPoint.VOLUME_DISCARDED.reached();
            pacing.at(end, () -> removed(cluster));
          }
        });
  }

  private void discard(Cluster cluster) throws HostException {
    if (cluster.replicates().isPresent()) {
      host.unfollow(cluster.replicates().get(), cluster.storageId());
    } else {
      host.discard(cluster.storageId());
    }
  }

  private void removed(Cluster cluster) {
    passwords.forget(cluster);
    managedPasswords.forget(cluster);
    endpoints.close(cluster);
    catalog.changing(() -> {
      catalog.endpointsOf(cluster).forEach(e -> catalog.clusterEndpoints.remove(e.resourceId()));
      if (cluster.isPlain()) {
        catalog.instancesOf(cluster).forEach(i -> catalog.instances.remove(i.resourceId()));
      }
      snapshots.letGoOf(cluster);
      catalog.clusters.remove(cluster.storage());
    });
    CrashPoint.CLUSTER_FORGOTTEN.reached();
    events.ofCluster(cluster, "deletion", "DB %s deleted".formatted(cluster.noun()));
  }

  /// Why the cluster stays; nothing if it can go.
  private Optional<String> obstacle(Cluster cluster) {
    return catalog.snapshots.all().stream()
        .filter(snapshot -> snapshot.last() && snapshot.source().equals(cluster.storage()))
        .filter(snapshot -> !snapshot.is(Status.DELETING))
        .flatMap(snapshot -> problem(snapshot).stream())
        .findFirst();
  }

  private Optional<String> problem(Snapshot snapshot) {
    if (!snapshot.isMade()) {
      return Optional.of("its final snapshot failed");
    }
    try {
      host.harden(snapshot.storageId());
      return Optional.empty();
    } catch (HostException e) {
      LOG.warn(
          "What snapshot '{}' is of stays, as a power failure may take the snapshot: {}",
          snapshot.id(),
          e.getMessage());
      return Optional.of("its final snapshot may not be on the disk");
    }
  }

  /// @param why in words
  private void keep(Cluster cluster, String why) {
    var status =
        host.running(cluster.storageId()) || !cluster.isPlain() ? Status.AVAILABLE : Status.STOPPED;
    catalog.clusters.settle(cluster.storage(), now -> kept(now, status, why));
    if (cluster.isPlain()) {
      catalog
          .instancesOf(cluster)
          .forEach(each -> catalog.instances.settle(each.with(b -> b.dbInstanceStatus(status))));
    }
  }

  private static Cluster kept(Cluster cluster, String status, String why) {
    var told =
        DBClusterStatusInfo.builder()
            .statusType("deletion")
            .normal(false)
            .status(status)
            .message("The %s stays: %s.".formatted(cluster.noun(), why))
            .build();
    return cluster.with(builder -> builder.status(status).statusInfos(told));
  }

  /// Discards what is there of a cluster that is made again.
  public void discard(StorageId halfMade) {
    work.on(
        List.of(halfMade),
        () ->
            HostStep.tried(
                "discard the half-made volume " + halfMade, () -> host.discard(halfMade)));
  }

  /// Sets a volume aside that no cluster has.
  void setAside(StorageId orphan) {
    LOG.warn(
        "No record accounts for the volume {}: set aside, and kept. 'db-artifact-local status' shows it.",
        orphan);
    work.on(
        List.of(orphan),
        () -> HostStep.tried("set the volume " + orphan + " aside", () -> host.setAside(orphan)));
  }
}
