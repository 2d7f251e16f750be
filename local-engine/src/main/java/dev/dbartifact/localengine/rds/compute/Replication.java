package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.RdsFault;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// Which plain instance follows which, and the end of that.
public final class Replication {

  private final Catalog catalog;
  private final ServerWork servers;

  public Replication(Catalog catalog, ServerWork servers) {
    this.catalog = catalog;
    this.servers = servers;
  }

  /// Lets a replica go on by itself, as RDS promotes it: as a request wants it, or because its
  /// source goes.
  public Instance end(Instance replica, Cluster storage) {
    var source = storage.replicates().orElseThrow();
    var promoted = replica.with(builder -> builder.dbInstanceStatus(Status.MODIFYING));
    // The storage last: as long as that is a replica's, this can be asked for again.
    catalog.instances.put(promoted);
    CrashPoint.REPLICA_PROMOTING.reached();
    catalog.clusters.put(storage.with(builder -> builder.replicationSourceIdentifier(null)));
    CrashPoint.REPLICA_PROMOTED.reached();
    servers.promote(promoted, source);
    return promoted;
  }

  /// Promotes all replicas of a source that is about to go; see "Deleting a DB instance" in the
  /// Amazon RDS User Guide.
  public void endAll(Cluster source) {
    for (var replica : catalog.replicasOf(source)) {
      if (!replica.is(Status.DELETING)) {
        end(replica, catalog.ownStorage(replica).orElseThrow());
      }
    }
  }

  /// RDS does not delete a source while one is being made.
  public void requireNoneComing(Instance instance, Cluster source) {
    if (catalog.replicasOf(source).stream().anyMatch(replica -> replica.is(Status.CREATING))) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "The DB instance %s cannot be deleted while a read replica of it is being created.",
          instance.id());
    }
  }

  /// What an instance shows of it.
  public static void describe(
      Catalog catalog, Instance instance, Cluster storage, DBInstance.Builder builder) {
    builder.readReplicaDBInstanceIdentifiers(
        catalog.replicasOf(storage).stream().map(Instance::id).toList());
    storage
        .replicates()
        .flatMap(source -> catalog.clusters.find(source.value()))
        .ifPresent(source -> builder.readReplicaSourceDBInstanceIdentifier(source.id()));
    if (storage.replicates().isPresent() && instance.is(Status.AVAILABLE)) {
      builder.statusInfos(
          DBInstanceStatusInfo.builder()
              .statusType("read replication")
              .normal(true)
              .status("replicating")
              .build());
    }
  }
}
