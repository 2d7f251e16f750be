package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;

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

  /// What RDS calls them in its refusals, as issues of tools that send them quote it. Others are
  /// called by their names here.
  private static final Map<String, String> WORDS =
      Map.of(
          "BackupRetentionPeriod", "backup retention period",
          "DBPortNumber", "database endpoint port number",
          "DeletionProtection", "deletion protection",
          "MasterUserPassword", "master user password",
          "Port", "database endpoint port number",
          "PreferredBackupWindow", "backup window",
          "VpcSecurityGroupIds", "vpc security group");

  private ClusterOnly() {}

  static void refuse(CreateDbInstanceRequest request) {
    refuse(
        request,
        "The requested DB Instance will be a member of a DB Cluster. Set %s for the DB Cluster.");
  }

  static void refuse(ModifyDbInstanceRequest request) {
    if (request.allocatedStorage() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The specified DB instance is a member of a DB Cluster. Storage grows based on usage. You"
              + " don't need to set it explicitly.");
    }
    refuse(
        request,
        "The specified DB Instance is a member of a cluster. Modify %s for the DB Cluster using the"
            + " ModifyDbCluster API");
  }

  private static void refuse(SdkPojo request, String words) {
    for (var field : request.sdkFields()) {
      var name = field.locationName();
      var value = field.getValueOrDefault(request);
      var said = value instanceof Collection<?> list ? !list.isEmpty() : value != null;
      if (said && FIELDS.contains(name)) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(words, WORDS.getOrDefault(name, name));
      }
    }
  }
}
