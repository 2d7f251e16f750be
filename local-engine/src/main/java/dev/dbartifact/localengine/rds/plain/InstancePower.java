package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.report.PlainState;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.snapshot.InstanceSnapshots;
import dev.dbartifact.localengine.rds.storage.StartsAndStops;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// Stopping and starting plain instances.
public final class InstancePower {

  private final Catalog catalog;
  private final NamedInstances instances;
  private final InstanceSnapshots snapshots;
  private final StartsAndStops startsAndStops;
  private final Descriptions descriptions;

  public InstancePower(
      Catalog catalog,
      NamedInstances instances,
      InstanceSnapshots snapshots,
      StartsAndStops startsAndStops,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.instances = instances;
    this.snapshots = snapshots;
    this.startsAndStops = startsAndStops;
    this.descriptions = descriptions;
  }

  /// @param snapshot the name of one that is taken before, null for none
  DBInstance stop(String id, String snapshot) {
    var snapshotId =
        snapshot == null ? null : Rules.snapshotIdentifier("DBSnapshotIdentifier", snapshot);
    return catalog.changing(() -> {
      var instance = instances.named(id);
      var storage = requireOwnStorage(instance);
      NamedInstances.requireAvailable(descriptions.of(instance));
      requireNoReplication(instance, storage);
      if (snapshotId != null) {
        snapshots.take(instance, storage, snapshotId, List.of());
      }
      var stopping = change(storage, instance, Status.STOPPING);
      startsAndStops.stop(stopping);
      return describe(instance);
    });
  }

  /// See the limitations in "Stopping an Amazon RDS DB instance temporarily" in the User Guide.
  private void requireNoReplication(Instance instance, Cluster storage) {
    var of = descriptions.of(instance);
    if (storage.replicates().isPresent() || !of.readReplicaDBInstanceIdentifiers().isEmpty()) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Cannot stop the DB instance %s: a DB instance that has a read replica, or that is one,"
              + " cannot be stopped.",
          instance.id());
    }
  }

  DBInstance start(String id) {
    return catalog.changing(() -> {
      var instance = instances.named(id);
      var storage = requireOwnStorage(instance);
      var state = PlainState.of(instance, storage);
      if (!state.equals(Status.STOPPED)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Instance %s cannot be started as it is not in one of the following statuses: 'stopped,"
                + " inaccessible-encryption-credentials-recoverable, incompatible-network (only"
                + " valid for non-SqlServer instances)'. It is %s.",
            instance.id(), state);
      }
      var starting = change(storage, instance, Status.STARTING);
      startsAndStops.start(starting);
      return describe(instance);
    });
  }

  private DBInstance describe(Instance instance) {
    return descriptions.of(catalog.instances.find(instance.resourceId()).orElseThrow());
  }

  private Cluster change(Cluster storage, Instance instance, String status) {
    var changed = storage.with(builder -> builder.status(status));
    catalog.clusters.put(changed);
    catalog.instances.put(instance.with(builder -> builder.dbInstanceStatus(status)));
    return changed;
  }

  private Cluster requireOwnStorage(Instance instance) {
    return catalog
        .ownStorage(instance)
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_COMBINATION.with(
                "%s DB instances are not eligible for stopping and starting.",
                descriptions.of(instance).engine()));
  }
}
