package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB clusters.
public final class ClusterActions extends RdsActions {

  private final Clusters clusters;
  private final ClusterModification modification;

  public ClusterActions(Clusters clusters, ClusterModification modification) {
    this.clusters = clusters;
    this.modification = modification;
  }

  @Override
  @Honours(
      value = {
        "AutoMinorVersionUpgrade",
        "AvailabilityZones",
        "BacktrackWindow",
        "BackupRetentionPeriod",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBSubnetGroupName",
        "DatabaseInsightsMode",
        "DatabaseName",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableHttpEndpoint",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "Engine",
        "EngineLifecycleSupport",
        "EngineMode",
        "EngineVersion",
        "KmsKeyId",
        "ManageMasterUserPassword",
        "MasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MasterUsername",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NetworkType",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "Port",
        "PreferredBackupWindow",
        "PreferredMaintenanceWindow",
        "ServerlessV2ScalingConfiguration",
        "StorageEncrypted",
        "StorageType",
        "Tags",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AutoMinorVersionUpgrade",
        "DBSubnetGroupName",
        "DatabaseInsightsMode",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineLifecycleSupport",
        "KmsKeyId",
        "MasterUserSecretKmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NetworkType",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "StorageEncrypted",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "Behind it is PostgreSQL of the same major version, or MariaDB for aurora-mysql, at a"
              + " loopback address of its own. With a MinCapacity of 0 it pauses while nobody is"
              + " connected, unless it has readers.")
  public CreateDbClusterResponse createDBCluster(CreateDbClusterRequest request) {
    return CreateDbClusterResponse.builder().dbCluster(clusters.create(request)).build();
  }

  @Override
  @Honours({"DBClusterIdentifier", "Filters", "IncludeShared", "Marker", "MaxRecords"})
  public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
    return clusters.describe(request);
  }

  @Override
  @Honours(
      value = {
        "AllowMajorVersionUpgrade",
        "ApplyImmediately",
        "AutoMinorVersionUpgrade",
        "BacktrackWindow",
        "BackupRetentionPeriod",
        "CloudwatchLogsExportConfiguration",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBInstanceParameterGroupName",
        "DatabaseInsightsMode",
        "DeletionProtection",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineVersion",
        "ManageMasterUserPassword",
        "MasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "NewDBClusterIdentifier",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "Port",
        "PreferredBackupWindow",
        "PreferredMaintenanceWindow",
        "RotateMasterUserPassword",
        "ServerlessV2ScalingConfiguration",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AutoMinorVersionUpgrade",
        "CloudwatchLogsExportConfiguration",
        "DatabaseInsightsMode",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "MasterUserSecretKmsKeyId",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "A later version of the same major version has the same server behind it; to another major"
              + " version of PostgreSQL the data are dumped and loaded, where the system has"
              + " pg_dump."
              + " What is not applied at once waits for a request that applies it, not"
              + " for the maintenance window; a name that is taken by then is given up, and the rest"
              + " is applied. A MinCapacity that becomes 0, or is 0 no longer,"
              + " restarts the servers.")
  public ModifyDbClusterResponse modifyDBCluster(ModifyDbClusterRequest request) {
    return ModifyDbClusterResponse.builder().dbCluster(modification.modify(request)).build();
  }

  @Override
  @Honours(
      value = {
        "DBClusterIdentifier",
        "DeleteAutomatedBackups",
        "FinalDBSnapshotIdentifier",
        "SkipFinalSnapshot"
      },
      differs =
          "Automated snapshots, and what is kept for RestoreToTime, go with the cluster: to retain"
              + " them is refused. A cluster whose final snapshot fails stays.")
  public DeleteDbClusterResponse deleteDBCluster(DeleteDbClusterRequest request) {
    return DeleteDbClusterResponse.builder().dbCluster(clusters.delete(request)).build();
  }
}
