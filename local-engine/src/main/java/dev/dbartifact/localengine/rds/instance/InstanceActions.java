package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.plain.ValidModifications;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.wire.Honours;
import software.amazon.awssdk.services.rds.model.*;

/// The actions on DB instances.
public final class InstanceActions extends RdsActions {

  private final Instances instances;
  private final InstanceModification modification;
  private final ValidModifications valid;

  public InstanceActions(
      Instances instances, InstanceModification modification, ValidModifications valid) {
    this.instances = instances;
    this.modification = modification;
    this.valid = valid;
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
        "DBClusterIdentifier",
        "DBInstanceClass",
        "DBInstanceIdentifier",
        "DBName",
        "DBParameterGroupName",
        "DBSubnetGroupName",
        "DatabaseInsightsMode",
        "DedicatedLogVolume",
        "DeletionProtection",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "Engine",
        "EngineLifecycleSupport",
        "EngineVersion",
        "Iops",
        "KmsKeyId",
        "LicenseModel",
        "ManageMasterUserPassword",
        "MasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MasterUsername",
        "MaxAllocatedStorage",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "Port",
        "PreferredBackupWindow",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible",
        "StorageEncrypted",
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
        "DatabaseInsightsMode",
        "DedicatedLogVolume",
        "EnableCloudwatchLogsExports",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineLifecycleSupport",
        "Iops",
        "KmsKeyId",
        "LicenseModel",
        "MasterUserSecretKmsKeyId",
        "MaxAllocatedStorage",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible",
        "StorageEncrypted",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "In a DB cluster the first one writes; a further one is a reader, at an address of its"
              + " own. Without one it is a plain instance of postgres, mysql or mariadb, whose storage"
              + " is the machine's: sizes and speeds are words.")
  public CreateDbInstanceResponse createDBInstance(CreateDbInstanceRequest request) {
    return CreateDbInstanceResponse.builder().dbInstance(instances.create(request)).build();
  }

  @Override
  @Honours({"DBInstanceIdentifier", "Filters", "Marker", "MaxRecords"})
  public DescribeDbInstancesResponse describeDBInstances(DescribeDbInstancesRequest request) {
    return instances.describe(request);
  }

  @Override
  @Honours(
      value = {
        "AllocatedStorage",
        "AllowMajorVersionUpgrade",
        "ApplyImmediately",
        "AutoMinorVersionUpgrade",
        "BackupRetentionPeriod",
        "CACertificateIdentifier",
        "CertificateRotationRestart",
        "CloudwatchLogsExportConfiguration",
        "CopyTagsToSnapshot",
        "DBInstanceClass",
        "DBInstanceIdentifier",
        "DBParameterGroupName",
        "DBPortNumber",
        "DBSubnetGroupName",
        "DatabaseInsightsMode",
        "DedicatedLogVolume",
        "DeletionProtection",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "EngineVersion",
        "Iops",
        "LicenseModel",
        "ManageMasterUserPassword",
        "MasterUserPassword",
        "MasterUserSecretKmsKeyId",
        "MaxAllocatedStorage",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "MultiAZ",
        "NetworkType",
        "NewDBInstanceIdentifier",
        "OptionGroupName",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredBackupWindow",
        "PreferredMaintenanceWindow",
        "ProcessorFeatures",
        "PromotionTier",
        "PubliclyAccessible",
        "RotateMasterUserPassword",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      kept = {
        "AllocatedStorage",
        "AutoMinorVersionUpgrade",
        "CACertificateIdentifier",
        "CertificateRotationRestart",
        "CloudwatchLogsExportConfiguration",
        "DBInstanceClass",
        "DedicatedLogVolume",
        "EnableIAMDatabaseAuthentication",
        "EnablePerformanceInsights",
        "Iops",
        "LicenseModel",
        "MasterUserSecretKmsKeyId",
        "MaxAllocatedStorage",
        "MonitoringInterval",
        "MonitoringRoleArn",
        "MultiAZ",
        "NetworkType",
        "OptionGroupName",
        "PerformanceInsightsKMSKeyId",
        "PerformanceInsightsRetentionPeriod",
        "PreferredMaintenanceWindow",
        "PromotionTier",
        "PubliclyAccessible",
        "StorageThroughput",
        "StorageType",
        "VpcSecurityGroupIds"
      },
      differs =
          "A later version of the same major version has the same server behind it; to another major"
              + " version of PostgreSQL the data are dumped and loaded, where the system has"
              + " pg_dump."
              + " The name of another authority takes no restart."
              + " What is not applied at once waits for a request that applies it. A name that is"
              + " taken by then is given up, and the rest is applied.")
  public ModifyDbInstanceResponse modifyDBInstance(ModifyDbInstanceRequest request) {
    return ModifyDbInstanceResponse.builder().dbInstance(modification.modify(request)).build();
  }

  @Override
  @Honours(
      value = {"DBInstanceIdentifier"},
      differs = "An instance of a DB cluster has no storage to choose.")
  public DescribeValidDbInstanceModificationsResponse describeValidDBInstanceModifications(
      DescribeValidDbInstanceModificationsRequest request) {
    return DescribeValidDbInstanceModificationsResponse.builder()
        .validDBInstanceModificationsMessage(valid.of(request))
        .build();
  }

  @Override
  @Honours(
      value = {"DBInstanceIdentifier", "ForceFailover"},
      differs = "A standby is a word: the one server of a Multi-AZ instance is started again.")
  public RebootDbInstanceResponse rebootDBInstance(RebootDbInstanceRequest request) {
    return RebootDbInstanceResponse.builder().dbInstance(instances.reboot(request)).build();
  }

  @Override
  @Honours(
      value = {
        "DBInstanceIdentifier",
        "DeleteAutomatedBackups",
        "FinalDBSnapshotIdentifier",
        "SkipFinalSnapshot"
      },
      differs =
          "Automated snapshots go with their plain instance: to retain them is refused. A plain"
              + " instance whose final snapshot fails stays.")
  public DeleteDbInstanceResponse deleteDBInstance(DeleteDbInstanceRequest request) {
    return DeleteDbInstanceResponse.builder().dbInstance(instances.delete(request)).build();
  }
}
