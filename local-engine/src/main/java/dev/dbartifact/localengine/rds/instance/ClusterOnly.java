package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Collection;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;

/// What a DB cluster decides for all of its instances: a request for one of these that says it is
/// refused.
///
/// See CreateDBInstance and ModifyDBInstance in the Amazon RDS API Reference ("This setting doesn't
/// apply to Amazon Aurora DB instances").
final class ClusterOnly {

  private static final Set<String> FIELDS =
      Set.of(
          "AllocatedStorage",
          "BackupRetentionPeriod",
          "BackupTarget",
          "CloudwatchLogsExportConfiguration",
          "DBName",
          "DBPortNumber",
          "DatabaseInsightsMode",
          "DedicatedLogVolume",
          "DeletionProtection",
          "EnableCloudwatchLogsExports",
          "EnableIAMDatabaseAuthentication",
          "EngineLifecycleSupport",
          "Iops",
          "KmsKeyId",
          "LicenseModel",
          "ManageMasterUserPassword",
          "MasterUserPassword",
          "MasterUserSecretKmsKeyId",
          "MasterUsername",
          "MaxAllocatedStorage",
          "MultiAZ",
          "NetworkType",
          "OptionGroupName",
          "Port",
          "PreferredBackupWindow",
          "RotateMasterUserPassword",
          "StorageEncrypted",
          "StorageThroughput",
          "StorageType",
          "VpcSecurityGroupIds");

  private ClusterOnly() {}

  static void refuse(SdkPojo request) {
    for (var field : request.sdkFields()) {
      var value = field.getValueOrDefault(request);
      var said = value instanceof Collection<?> list ? !list.isEmpty() : value != null;
      if (said && FIELDS.contains(field.locationName())) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
            "The requested DB Instance is a member of a DB Cluster. Set %s for the DB Cluster.",
            field.locationName());
      }
    }
  }
}
