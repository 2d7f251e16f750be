package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.state.StateException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.DBClusterStatusInfo;

/// Makes the volume of a new cluster, empty or as a copy of another volume, and says how far that
/// got.
public final class ClusterCreation {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterCreation.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;
  private final Pacing pacing;
  private final Availability availability;
  private final Endpoints endpoints;

  public ClusterCreation(
      Catalog catalog,
      DatabaseHost host,
      Work work,
      Pacing pacing,
      Availability availability,
      Endpoints endpoints) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
    this.pacing = pacing;
    this.availability = availability;
    this.endpoints = endpoints;
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
  public void makeAvailable(Cluster cluster) {
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

  /// One that is to go meanwhile still is.
  private static Cluster failed(Cluster cluster, String status, Exception reason) {
    if (cluster.is(Status.DELETING)) {
      return cluster;
    }
    var why =
        DBClusterStatusInfo.builder()
            .statusType("creation")
            .normal(false)
            .status(status)
            .message(reason.getMessage())
            .build();
    return cluster.with(builder -> builder.status(status).statusInfos(why));
  }

  /// Discards what is there of a cluster that is made again.
  public void discard(StorageId halfMade) {
    work.on(
        List.of(halfMade),
        () ->
            HostStep.tried(
                "discard the half-made volume " + halfMade, () -> host.discard(halfMade)));
  }
}
