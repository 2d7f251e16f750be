package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions that make DB clusters from others and from snapshots.
public final class ClusterRestoreActions extends RdsActions {

  private final ClusterRestores restores;

  public ClusterRestoreActions(ClusterRestores restores) {
    this.restores = restores;
  }

  @Override
  @Honours(
      value = {
        "BacktrackWindow",
        "BackupRetentionPeriod",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBSubnetGroupName",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineLifecycleSupport",
        "EngineMode",
        "KmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NetworkType",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "Port",
        "PreferredBackupWindow",
        "RestoreToTime",
        "RestoreType",
        "ServerlessV2ScalingConfiguration",
        "SourceDBClusterIdentifier",
        "SourceDbClusterResourceId",
        "StorageType",
        "Tags",
        "UseLatestRestorableTime",
        "VpcSecurityGroupIds"
      },
      kept = {
        "DBSubnetGroupName",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EngineLifecycleSupport",
        "KmsKeyId",
        "NetworkType",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "RestoreToTime is for PostgreSQL on storage that shares blocks. A copy-on-write clone"
              + " shares blocks in fact, a full copy none.")
  public RestoreDbClusterToPointInTimeResponse restoreDBClusterToPointInTime(
      RestoreDbClusterToPointInTimeRequest request) {
    return RestoreDbClusterToPointInTimeResponse.builder()
        .dbCluster(restores.restore(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "AvailabilityZones",
        "BacktrackWindow",
        "BackupRetentionPeriod",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBSubnetGroupName",
        "DatabaseName",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "Engine",
        "EngineLifecycleSupport",
        "EngineMode",
        "EngineVersion",
        "KmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NetworkType",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "Port",
        "PreferredBackupWindow",
        "ServerlessV2ScalingConfiguration",
        "SnapshotIdentifier",
        "StorageType",
        "Tags",
        "VpcSecurityGroupIds"
      },
      kept = {
        "DatabaseName",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineLifecycleSupport",
        "KmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "Without EngineVersion the cluster gets the default of the snapshot's major version.")
  public RestoreDbClusterFromSnapshotResponse restoreDBClusterFromSnapshot(
      RestoreDbClusterFromSnapshotRequest request) {
    return RestoreDbClusterFromSnapshotResponse.builder()
        .dbCluster(restores.restore(request))
        .build();
  }
}
