package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.compute.Replication;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.report.PlainState;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.snapshot.NewInstanceSnapshots;
import dev.dbartifact.localengine.rds.storage.ClusterCreation;
import dev.dbartifact.localengine.rds.storage.ClusterRemoval;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.state.StateException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;

/// The beginning and the end of plain instances, which have storage of their own.
public final class PlainInstances {

  /// There is nothing in them that a final snapshot could be taken of.
  private static final Set<String> WITHOUT_FINAL_SNAPSHOT =
      Set.of(
          Status.CREATING,
          Status.FAILED,
          Status.INCOMPATIBLE_NETWORK,
          "incompatible-restore",
          PlainState.RESTORE_ERROR);

  private final Catalog catalog;
  private final NamedInstances named;
  private final NewPlainInstances newInstances;
  private final Versions versions;
  private final Placement placement;
  private final NewInstanceSnapshots newSnapshots;
  private final SnapshotWork snapshotWork;
  private final ManagedPasswords passwords;
  private final ClusterCreation creation;
  private final ClusterRemoval removal;
  private final ServerWork servers;
  private final Replication replication;
  private final Descriptions descriptions;

  public PlainInstances(
      Catalog catalog,
      NamedInstances named,
      NewPlainInstances newInstances,
      Versions versions,
      Placement placement,
      NewInstanceSnapshots newSnapshots,
      SnapshotWork snapshotWork,
      ManagedPasswords passwords,
      ClusterCreation creation,
      ClusterRemoval removal,
      ServerWork servers,
      Replication replication,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.named = named;
    this.newInstances = newInstances;
    this.versions = versions;
    this.placement = placement;
    this.newSnapshots = newSnapshots;
    this.snapshotWork = snapshotWork;
    this.passwords = passwords;
    this.creation = creation;
    this.removal = removal;
    this.servers = servers;
    this.replication = replication;
    this.descriptions = descriptions;
  }

  public DBInstance create(CreateDbInstanceRequest request) {
    var fresh = newInstances.created(request);
    var wanted = passwords.known(PasswordRequest.of(request));
    var password = wanted.isManaged() ? MasterSecrets.newPassword() : new Secret(wanted.password());
    var database = versions.newDatabase(fresh.storage(), password);
    return catalog.changing(() -> {
      named.requireNew(fresh.id());
      var placed = placement.placePlain(fresh.storage(), null, null);
      var storage =
          wanted.isManaged() ? passwords.keep(placed, password, wanted.kmsKeyId()) : placed;
      creation.make(storage, database);
      return begin(storage, fresh.server(), request.availabilityZone());
    });
  }

  /// Remembers a new instance, whose storage is already being made, and starts its server when the
  /// storage is there.
  ///
  /// @param zone that was asked for, or null
  public DBInstance begin(Cluster storage, DBInstance server, String zone) {
    var instance = Instance.fresh(storage.storage(), null, server);
    // The storage comes last: an instance without any is forgotten by the next start.
    try {
      catalog.instances.put(instance);
    } catch (StateException e) {
      creation.discard(storage.storageId());
      throw e.outOfSpace() ? noRoom(e) : e;
    }
    try {
      creation.record(storage, RdsFault.STORAGE_QUOTA_EXCEEDED);
    } catch (RuntimeException e) {
      catalog.instances.remove(instance.resourceId());
      throw e;
    }
    servers.boot(instance);
    return descriptions.begun(instance, zone);
  }

  private static RuntimeException noRoom(StateException e) {
    return RdsFault.STORAGE_QUOTA_EXCEEDED.with(
        "There is no room for another DB instance: %s", e.getMessage());
  }

  public DBInstance delete(Instance instance, Cluster storage, DeleteDbInstanceRequest request) {
    requireDeletable(instance, storage);
    snapshotWork.requireNoneRetained(storage, request.deleteAutomatedBackups());
    replication.requireNoneComing(instance, storage);
    var last = finalSnapshot(instance, storage, request);
    var gone = storage.with(builder -> builder.status(Status.DELETING));
    var deleting = instance.with(builder -> builder.dbInstanceStatus(Status.DELETING));
    // In this order, so that no interruption deletes without the snapshot.
    removal.forgetEarlier(storage);
    last.ifPresent(snapshot -> {
      catalog.snapshots.put(snapshot);
      snapshotWork.make(snapshot);
    });
    replication.endAll(storage);
    catalog.clusters.put(gone);
    CrashPoint.CLUSTER_DELETING.reached();
    catalog.instances.put(deleting);
    removal.begin(gone);
    return descriptions.of(deleting);
  }

  private static void requireDeletable(Instance instance, Cluster storage) {
    if (Boolean.TRUE.equals(instance.settings().deletionProtection())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot delete protected DB Instance, please disable deletion protection and try again.");
    }
    var state = PlainState.of(instance, storage);
    if (state.equals(Status.DELETING)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Instance %s is already being deleted.", instance.id());
    }
    if (state.equals(Status.BACKTRACKING)) {
      // A final snapshot would be of data that nobody has asked for.
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot delete DB instance %s: it is %s. Wait until that is over.", instance.id(), state);
    }
  }

  private Optional<Snapshot> finalSnapshot(
      Instance instance, Cluster storage, DeleteDbInstanceRequest request) {
    var skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
    var wanted = request.finalDBSnapshotIdentifier();
    if (storage.replicates().isPresent() && wanted != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier can not be specified when deleting a replica instance");
    }
    if (skip && wanted != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.");
    }
    if (skip) {
      return Optional.empty();
    }
    if (wanted == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    }
    var id = Rules.snapshotIdentifier("FinalDBSnapshotIdentifier", wanted);
    newSnapshots.requireNew(id);
    var state = PlainState.of(instance, storage);
    if (WITHOUT_FINAL_SNAPSHOT.contains(state)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot create the final snapshot of %s because the instance is %s. Set"
              + " SkipFinalSnapshot.",
          instance.id(), state);
    }
    if (storage.is(Status.UPGRADING)) {
      // The snapshot waits for the end of that, and would tell of the version before.
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot create the final snapshot of %s because the instance is %s. Wait until that is"
              + " over, or set SkipFinalSnapshot.",
          instance.id(), storage.status());
    }
    return Optional.of(newSnapshots.of(storage, descriptions.of(instance), id, true, List.of()));
  }
}
