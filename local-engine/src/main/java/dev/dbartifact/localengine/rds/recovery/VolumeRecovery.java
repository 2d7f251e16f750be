package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.HostStep;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the volumes that are there in line with the records.
final class VolumeRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(VolumeRecovery.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Work work;

  VolumeRecovery(Catalog catalog, DatabaseHost host, Work work) {
    this.catalog = catalog;
    this.host = host;
    this.work = work;
  }

  /// Records decide what is a cluster, but a lost record is no reason to lose data.
  void takeBackAndSetAside() throws HostException {
    var known =
        Stream.concat(
                catalog.clusters.all().stream().map(Cluster::storageId),
                catalog.snapshots.all().stream().map(Snapshot::storageId))
            .collect(Collectors.toSet());
    var readers =
        catalog.instances.all().stream().map(Instance::readerVolume).collect(Collectors.toSet());
    var stored = host.stored();
    known.stream().filter(id -> !stored.contains(id)).forEach(this::takeBack);
    for (var id : stored) {
      if (!known.contains(id) && !readers.contains(id)) {
        setAside(id);
      }
    }
  }

  /// One that cannot be is no reason to leave all others alone.
  private void takeBack(StorageId id) {
    try {
      if (host.takeBack(id)) {
        LOG.info("The volume {} has a record again: taken back", id);
      }
    } catch (HostException e) {
      LOG.warn("{}. The next start tries again", e.getMessage());
    }
  }

  /// Sets a volume aside that no cluster has.
  private void setAside(StorageId orphan) {
    LOG.warn(
        "No record accounts for the volume {}: set aside, and kept. 'db-artifact-local status' shows it.",
        orphan);
    work.on(
        List.of(orphan),
        () -> HostStep.tried("set the volume " + orphan + " aside", () -> host.setAside(orphan)));
  }

  /// The volumes that are complete, of the clusters whose records say that they are being made.
  Set<StorageId> whole() throws HostException {
    var whole = new HashSet<StorageId>();
    for (var cluster : catalog.clusters.all()) {
      if (cluster.is(Status.CREATING) && host.isWhole(cluster.storageId())) {
        whole.add(cluster.storageId());
      }
    }
    return whole;
  }
}
