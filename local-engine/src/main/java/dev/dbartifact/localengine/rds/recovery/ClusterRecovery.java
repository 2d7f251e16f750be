package dev.dbartifact.localengine.rds.recovery;

import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import dev.dbartifact.localengine.rds.storage.ClusterRemoval;
import dev.dbartifact.localengine.rds.storage.RoleActivation;
import dev.dbartifact.localengine.rds.storage.StartsAndStops;
import dev.dbartifact.localengine.server.StorageId;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes or undoes what was being done to a cluster or to the storage of a plain instance.
final class ClusterRecovery {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterRecovery.class);

  private final Catalog catalog;
  private final ClusterCreation creation;
  private final StartsAndStops startsAndStops;
  private final ClusterRemoval removal;
  private final RoleActivation roles;
  private final MasterPasswords passwords;
  private final RenameRecovery renames;
  private final UpgradeRecovery upgrades;

  ClusterRecovery(
      Catalog catalog,
      ClusterCreation creation,
      StartsAndStops startsAndStops,
      ClusterRemoval removal,
      RoleActivation roles,
      MasterPasswords passwords,
      RenameRecovery renames,
      UpgradeRecovery upgrades) {
    this.catalog = catalog;
    this.creation = creation;
    this.startsAndStops = startsAndStops;
    this.removal = removal;
    this.roles = roles;
    this.passwords = passwords;
    this.renames = renames;
    this.upgrades = upgrades;
  }

  /// @param whole see [VolumeRecovery#whole]
  void settle(Cluster remembered, Set<StorageId> whole) {
    var cluster = upgrades.decided(renames.named(remembered));
    switch (cluster.status()) {
      case Status.DELETING -> removal.begin(cluster);
      case Status.CREATING -> finishOrUndo(cluster, whole);
      case Status.STOPPING -> {
        resumePassword(cluster);
        startsAndStops.stop(cluster);
      }
      case Status.STARTING -> {
        resumePassword(cluster);
        startsAndStops.start(cluster);
      }
      case Status.BACKING_UP -> settleBackup(cluster);
      case Status.BACKTRACKING,
          Status.FAILING_OVER,
          Status.CONFIGURING_IAM,
          Status.MODIFYING,
          Status.RENAMING,
          Status.RESETTING_PASSWORD,
          Status.UPGRADING ->
          makeAvailable(cluster);
      default -> finishChanges(cluster);
    }
  }

  private void makeAvailable(Cluster cluster) {
    var available = cluster.with(builder -> builder.status(Status.AVAILABLE));
    catalog.clusters.settle(available);
    finishChanges(available);
  }

  private void settleBackup(Cluster cluster) {
    var underWay =
        catalog.snapshots.all().stream()
            .anyMatch(each -> each.source().equals(cluster.storage()) && each.is(Status.CREATING));
    if (underWay) {
      finishChanges(cluster);
    } else {
      makeAvailable(cluster);
    }
  }

  /// One that has its volume may have been used: only the record lacks that it is available. A
  /// clone can be made again; an empty cluster cannot, since its password is kept nowhere.
  private void finishOrUndo(Cluster cluster, Set<StorageId> whole) {
    if (whole.contains(cluster.storageId())) {
      creation.makeAvailable(cluster);
      resumePassword(cluster);
      return;
    }
    if (hasSource(cluster)) {
      creation.discard(cluster.storageId());
      creation.copy(cluster);
      resumePassword(cluster);
      return;
    }
    LOG.warn(
        "The creation of %s '%s' was interrupted: undone".formatted(cluster.noun(), cluster.id()));
    catalog.instancesOf(cluster).forEach(each -> catalog.instances.remove(each.resourceId()));
    var deleting = cluster.with(builder -> builder.status(Status.DELETING));
    catalog.clusters.settle(deleting);
    removal.begin(deleting);
  }

  private boolean hasSource(Cluster cluster) {
    var source = cluster.cloneOf();
    return source != null
        && (catalog.clusters.find(source).isPresent()
            || catalog.snapshots.find(source).isPresent());
  }

  private void finishChanges(Cluster cluster) {
    if (catalog.instancesOf(cluster).isEmpty()) {
      startsAndStops.endIdleServer(cluster);
    }
    if (cluster.settings().associatedRoles().stream().anyMatch(r -> "PENDING".equals(r.status()))) {
      roles.begin(cluster);
    }
    if (resumePassword(cluster)) {
      return;
    }
    var without = MasterPasswords.withoutPending(cluster);
    if (without != cluster) {
      LOG.warn(
          "A password change of %s '%s' was interrupted: its old password holds"
              .formatted(cluster.noun(), cluster.id()));
      catalog.clusters.settle(without);
    }
  }

  /// Whether there is one that was accepted, and that its server may not have yet. A server that
  /// does not run learns it when it is started, however long after.
  private boolean resumePassword(Cluster cluster) {
    var waits = cluster.pendingVerifier() != null;
    if (waits) {
      passwords.resume(cluster);
    }
    return waits;
  }
}
