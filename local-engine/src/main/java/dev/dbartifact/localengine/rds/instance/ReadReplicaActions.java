package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on read replicas.
public final class ReadReplicaActions extends RdsActions {

  private final ReadReplicas replicas;

  public ReadReplicaActions(ReadReplicas replicas) {
    this.replicas = replicas;
  }

  @Override
  @Honours(
      value = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "CACertificateIdentifier",
        "CopyTagsToSnapshot",
        "DBInstanceClass",
        "DBInstanceIdentifier",
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
        "SourceDBInstanceIdentifier",
        "StorageThroughput",
        "StorageType",
        "Tags",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "DBSubnetGroupName",
        "DatabaseInsightsMode",
        "DedicatedLogVolume",
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
        "PubliclyAccessible",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "Within the Region only: a hot standby, or a replica of MariaDB, on a copy that shares the"
              + " blocks of its source. It has no backups, snapshots or replicas of its own before it"
              + " is promoted.")
  public CreateDbInstanceReadReplicaResponse createDBInstanceReadReplica(
      CreateDbInstanceReadReplicaRequest request) {
    return CreateDbInstanceReadReplicaResponse.builder()
        .dbInstance(replicas.create(request))
        .build();
  }

  @Override
  @Honours({"BackupRetentionPeriod", "DBInstanceIdentifier", "PreferredBackupWindow"})
  public PromoteReadReplicaResponse promoteReadReplica(PromoteReadReplicaRequest request) {
    return PromoteReadReplicaResponse.builder().dbInstance(replicas.promote(request)).build();
  }
}
