package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.compute.Replication;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.plain.Disk;
import dev.dbartifact.localengine.rds.plain.NewPlainInstances;
import dev.dbartifact.localengine.rds.plain.PlainInstances;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.server.CloneKind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceReadReplicaRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.PromoteReadReplicaRequest;

/// Read replicas of plain instances: instances with a volume of their own, on which a hot standby,
/// or a replica of MariaDB, follows the server of their source until they are promoted.
///
/// See CreateDBInstanceReadReplica and PromoteReadReplica in the API Reference, and "Working with
/// DB instance read replicas" in the Amazon RDS User Guide.
public final class ReadReplicas {

  public static final int MOST = 15;

  private static final Set<String> SAME =
      Set.of(
          "AllocatedStorage",
          "AutoMinorVersionUpgrade",
          "AvailabilityZone",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DBInstanceClass",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "DatabaseInsightsMode",
          "DedicatedLogVolume",
          "DeletionProtection",
          "EnableCloudwatchLogsExports",
          "EnableIAMDatabaseAuthentication",
          "EnablePerformanceInsights",
          "Iops",
          "MaxAllocatedStorage",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "MultiAZ",
          "NetworkType",
          "OptionGroupName",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "Port",
          "PubliclyAccessible",
          "StorageThroughput",
          "StorageType",
          "Tags",
          "VpcSecurityGroupIds");

  private final Catalog catalog;
  private final NamedInstances instances;
  private final PlainInstances plain;
  private final NewPlainInstances newInstances;
  private final Placement placement;
  private final Replication replication;
  private final Descriptions descriptions;

  public ReadReplicas(
      Catalog catalog,
      NamedInstances instances,
      PlainInstances plain,
      NewPlainInstances newInstances,
      Placement placement,
      Replication replication,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.instances = instances;
    this.plain = plain;
    this.newInstances = newInstances;
    this.placement = placement;
    this.replication = replication;
    this.descriptions = descriptions;
  }

  DBInstance create(CreateDbInstanceReadReplicaRequest request) {
    var id = Rules.identifier("DBInstanceIdentifier", request.dbInstanceIdentifier());
    Rules.required("SourceDBInstanceIdentifier", request.sourceDBInstanceIdentifier());
    return catalog.changing(() -> {
      var instance = instances.find(request.sourceDBInstanceIdentifier());
      var storage = requireOwnStorage(instance);
      var source = descriptions.of(instance);
      requireReplicable(source, storage);
      instances.requireNew(id);
      var version = EngineVersion.of(storage.settings());
      var fresh = newInstances.of(version, wanted(id, request, source), Optional.of(source));
      var placed =
          placement.placePlain(fresh.storage(), storage.storage(), CloneKind.COPY_ON_WRITE);
      var following =
          placed.with(builder ->
              builder.status(Status.AVAILABLE).replicationSourceIdentifier(storage.storage()));
      return plain.begin(following, fresh.server(), request.availabilityZone());
    });
  }

  private Cluster requireOwnStorage(Instance instance) {
    return catalog
        .ownStorage(instance)
        .orElseThrow(() ->
            RdsFault.INVALID_PARAMETER_VALUE.with(
                "The specified instance %s is a member of a DB cluster, which has readers. Please"
                    + " use the CreateDBInstance API instead.",
                instance.id()));
  }

  private void requireReplicable(DBInstance source, Cluster storage) {
    requireBackups(source);
    NamedInstances.requireAvailable(source);
    if (catalog.replicasOf(storage).size() >= MOST) {
      throw RdsFault.INSTANCE_QUOTA_EXCEEDED.with(
          "The DB instance %s has %d read replicas already.", source.dbInstanceIdentifier(), MOST);
    }
  }

  /// Also not to be switched off: a replica of MariaDB follows the binary log, which ends with
  /// them.
  private static void requireBackups(DBInstance source) {
    if (source.backupRetentionPeriod() == 0) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Automated backups are not enabled for this database instance. To enable automated"
              + " backups, use ModifyDBInstance to set the backup retention period to a non-zero"
              + " value.");
    }
    var waiting = source.pendingModifiedValues();
    if (waiting != null && Objects.equals(waiting.backupRetentionPeriod(), 0)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Automated backups of the DB instance %s are about to be switched off: a"
              + " BackupRetentionPeriod of 0 waits to be applied. Use ModifyDBInstance to set the"
              + " backup retention period to a non-zero value.",
          source.dbInstanceIdentifier());
    }
  }

  /// What the request does not say is as in the source, or the default, as RDS decides it.
  private static CreateDbInstanceRequest wanted(
      String id, CreateDbInstanceReadReplicaRequest request, DBInstance source) {
    var wanted = CreateDbInstanceRequest.builder();
    wanted
        .autoMinorVersionUpgrade(source.autoMinorVersionUpgrade())
        .dbInstanceClass(source.dbInstanceClass())
        .dbParameterGroupName(source.dbParameterGroups().getFirst().dbParameterGroupName())
        .dbSubnetGroupName(source.dbSubnetGroup().dbSubnetGroupName())
        .port(source.endpoint().port())
        .preferredMaintenanceWindow(source.preferredMaintenanceWindow());
    Fields.copy(request, wanted, SAME);
    return Disk.of(source).copied(wanted.build()).toBuilder()
        .dbInstanceIdentifier(id)
        .backupRetentionPeriod(0)
        .masterUsername(source.masterUsername())
        .dbName(source.dbName())
        .storageEncrypted(source.storageEncrypted())
        .kmsKeyId(Boolean.TRUE.equals(source.storageEncrypted()) ? source.kmsKeyId() : null)
        .build();
  }

  DBInstance promote(PromoteReadReplicaRequest request) {
    Rules.retention(request.backupRetentionPeriod(), 0);
    Rules.backupWindow(request.preferredBackupWindow());
    return catalog.changing(() -> {
      var instance = instances.find(request.dbInstanceIdentifier());
      var storage = catalog.ownStorage(instance).filter(own -> own.replicates().isPresent());
      if (storage.isEmpty()) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "DB Instance %s is not a read replica.", instance.id());
      }
      NamedInstances.requireAvailable(descriptions.of(instance));
      Windows.check(
          request.preferredBackupWindow(), instance.settings().preferredMaintenanceWindow());
      var retention = Optional.ofNullable(request.backupRetentionPeriod()).orElse(1);
      var kept =
          instance.with(builder -> {
            builder.backupRetentionPeriod(retention);
            return request.preferredBackupWindow() == null
                ? builder
                : builder.preferredBackupWindow(request.preferredBackupWindow());
          });
      return descriptions.of(replication.end(kept, storage.get()));
    });
  }
}
