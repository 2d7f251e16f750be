package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions that make plain instances from others and from snapshots.
public final class PlainRestoreActions extends RdsActions {

  private final PlainRestores restores;

  public PlainRestoreActions(PlainRestores restores) {
    this.restores = restores;
  }

  @Override
  @Honours(
      value = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "BackupRetentionPeriod",
        "BackupTarget",
        "CACertificateIdentifier",
        "CopyTagsToSnapshot",
        "DBInstanceClass",
        "DBInstanceIdentifier",
        "DBParameterGroupName",
        "DBSnapshotIdentifier",
        "DBSubnetGroupName",
        "DedicatedLogVolume",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "Engine",
        "EngineLifecycleSupport",
        "Iops",
        "LicenseModel",
        "ManageMasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "Port",
        "PreferredBackupWindow",
        "PubliclyAccessible",
        "StorageThroughput",
        "StorageType",
        "Tags",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "BackupTarget",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "DBSubnetGroupName",
        "DedicatedLogVolume",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EngineLifecycleSupport",
        "Iops",
        "LicenseModel",
        "MasterUserSecretKmsKeyId",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "PubliclyAccessible",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs = "From snapshots of plain instances, and to one; it shares their blocks in fact.")
  public RestoreDbInstanceFromDbSnapshotResponse restoreDBInstanceFromDBSnapshot(
      RestoreDbInstanceFromDbSnapshotRequest request) {
    return RestoreDbInstanceFromDbSnapshotResponse.builder()
        .dbInstance(restores.restore(request))
        .build();
  }

  @Override
  @Honours(
      value = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "BackupRetentionPeriod",
        "BackupTarget",
        "CACertificateIdentifier",
        "CopyTagsToSnapshot",
        "DBInstanceClass",
        "DBParameterGroupName",
        "DBSubnetGroupName",
        "DedicatedLogVolume",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "Engine",
        "EngineLifecycleSupport",
        "Iops",
        "LicenseModel",
        "ManageMasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MaxAllocatedStorage",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "Port",
        "PreferredBackupWindow",
        "PubliclyAccessible",
        "RestoreTime",
        "SourceDBInstanceIdentifier",
        "SourceDbiResourceId",
        "StorageThroughput",
        "StorageType",
        "Tags",
        "TargetDBInstanceIdentifier",
        "UseLatestRestorableTime",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "AvailabilityZone",
        "BackupTarget",
        "CACertificateIdentifier",
        "DBInstanceClass",
        "DBSubnetGroupName",
        "DedicatedLogVolume",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EngineLifecycleSupport",
        "Iops",
        "LicenseModel",
        "MasterUserSecretKmsKeyId",
        "MaxAllocatedStorage",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "PubliclyAccessible",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "RestoreTime is for PostgreSQL on storage that shares blocks, and makes a full copy. Else it"
              + " shares blocks in fact.")
  public RestoreDbInstanceToPointInTimeResponse restoreDBInstanceToPointInTime(
      RestoreDbInstanceToPointInTimeRequest request) {
    return RestoreDbInstanceToPointInTimeResponse.builder()
        .dbInstance(restores.restore(request))
        .build();
  }
}
