package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB cluster snapshots.
final class SnapshotActions extends RdsActions {

  private final Snapshots snapshots;
  private final SnapshotSharing sharing;
  private final ClusterRestores restores;

  SnapshotActions(Snapshots snapshots, SnapshotSharing sharing, ClusterRestores restores) {
    this.snapshots = snapshots;
    this.sharing = sharing;
    this.restores = restores;
  }

  @Override
  @Honours({"DBClusterIdentifier", "DBClusterSnapshotIdentifier", "Tags"})
  public CreateDbClusterSnapshotResponse createDBClusterSnapshot(
      CreateDbClusterSnapshotRequest request) {
    return CreateDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.create(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "CopyTags",
        "KmsKeyId",
        "SourceDBClusterSnapshotIdentifier",
        "Tags",
        "TargetDBClusterSnapshotIdentifier"
      },
      kept = "KmsKeyId",
      differs = "Within the account and the Region only; the copy shares the blocks of its source.")
  public CopyDbClusterSnapshotResponse copyDBClusterSnapshot(CopyDbClusterSnapshotRequest request) {
    return CopyDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.copy(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "DBClusterIdentifier",
        "DBClusterSnapshotIdentifier",
        "DbClusterResourceId",
        "Filters",
        "IncludePublic",
        "IncludeShared",
        "Marker",
        "MaxRecords",
        "SnapshotType"
      },
      differs = "There are no automated snapshots, and no other accounts that could share theirs.")
  public DescribeDbClusterSnapshotsResponse describeDBClusterSnapshots(
      DescribeDbClusterSnapshotsRequest request) {
    return snapshots.describe(request);
  }

  @Override
  @Honours("DBClusterSnapshotIdentifier")
  public DeleteDbClusterSnapshotResponse deleteDBClusterSnapshot(
      DeleteDbClusterSnapshotRequest request) {
    return DeleteDbClusterSnapshotResponse.builder()
        .dbClusterSnapshot(snapshots.delete(request))
        .build();
  }

  @Override
  @Honours("DBClusterSnapshotIdentifier")
  public DescribeDbClusterSnapshotAttributesResponse describeDBClusterSnapshotAttributes(
      DescribeDbClusterSnapshotAttributesRequest request) {
    return DescribeDbClusterSnapshotAttributesResponse.builder()
        .dbClusterSnapshotAttributesResult(sharing.describe(request.dbClusterSnapshotIdentifier()))
        .build();
  }

  @Override
  @Honours(
      value = {"AttributeName", "DBClusterSnapshotIdentifier", "ValuesToAdd", "ValuesToRemove"},
      kept = {"ValuesToAdd", "ValuesToRemove"},
      differs = "There is one account: nobody else sees the snapshot.")
  public ModifyDbClusterSnapshotAttributeResponse modifyDBClusterSnapshotAttribute(
      ModifyDbClusterSnapshotAttributeRequest request) {
    return ModifyDbClusterSnapshotAttributeResponse.builder()
        .dbClusterSnapshotAttributesResult(sharing.modify(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "AvailabilityZones",
        "BackupRetentionPeriod",
        "CopyTagsToSnapshot",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBSubnetGroupName",
        "DatabaseName",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "Engine",
        "EngineLifecycleSupport",
        "EngineMode",
        "EngineVersion",
        "KmsKeyId",
        "NetworkType",
        "Port",
        "PreferredBackupWindow",
        "ServerlessV2ScalingConfiguration",
        "SnapshotIdentifier",
        "StorageType",
        "Tags",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AvailabilityZones",
        "BackupRetentionPeriod",
        "DatabaseName",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EngineLifecycleSupport",
        "KmsKeyId",
        "PreferredBackupWindow",
        "ServerlessV2ScalingConfiguration",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "Without EngineVersion the cluster gets that of the snapshot, and there are no upgrades.")
  public RestoreDbClusterFromSnapshotResponse restoreDBClusterFromSnapshot(
      RestoreDbClusterFromSnapshotRequest request) {
    return RestoreDbClusterFromSnapshotResponse.builder()
        .dbCluster(restores.restore(request))
        .build();
  }
}
