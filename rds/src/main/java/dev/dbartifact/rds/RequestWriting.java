package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.EngineVersion;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.ServerlessRange;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.Tag;

/// Turns what is wanted into requests of the SDK. Pure: a value in, a request out.
final class RequestWriting {
  private RequestWriting() {}

  /// A restore takes fewer settings than a create; retention and windows are left to a modify,
  /// since older versions of the API do not know them here.
  static RestoreDbClusterToPointInTimeRequest write(CloneCluster wish) {
    ClusterSettings settings = wish.settings();
    return RestoreDbClusterToPointInTimeRequest.builder()
        .restoreType("copy-on-write")
        .useLatestRestorableTime(true)
        .sourceDBClusterIdentifier(wish.source().value())
        .dbClusterIdentifier(wish.target().value())
        .dbSubnetGroupName(settings.network().subnetGroup().orElse(null))
        .vpcSecurityGroupIds(securityGroups(settings))
        .port(port(settings))
        .dbClusterParameterGroupName(settings.parameters().clusterGroup().orElse(null))
        .kmsKeyId(settings.storage().kmsKeyId().filter(key -> wish.encryptedSource()).orElse(null))
        .storageType(storageType(settings))
        .serverlessV2ScalingConfiguration(serverless(settings))
        .enableIAMDatabaseAuthentication(settings.access().iamAuthentication().orElse(null))
        .enableCloudwatchLogsExports(logExports(settings))
        .deletionProtection(settings.maintenance().deletionProtection().orElse(null))
        .copyTagsToSnapshot(settings.maintenance().copyTagsToSnapshots().orElse(null))
        .tags(tags(wish.tags()))
        .build();
  }

  static CreateDbClusterRequest write(CreateCluster wish, Secret password) {
    ClusterSettings settings = wish.settings();
    return CreateDbClusterRequest.builder()
        .dbClusterIdentifier(wish.target().value())
        .engine(settings.engine().toString())
        .engineVersion(settings.engineVersion().map(EngineVersion::value).orElse(null))
        .masterUsername(settings.masterUsername().map(MasterUsername::value).orElse(null))
        .masterUserPassword(password.reveal())
        .databaseName(settings.databaseName().map(DatabaseName::value).orElse(null))
        .dbSubnetGroupName(settings.network().subnetGroup().orElse(null))
        .vpcSecurityGroupIds(securityGroups(settings))
        .port(port(settings))
        .dbClusterParameterGroupName(settings.parameters().clusterGroup().orElse(null))
        .storageEncrypted(settings.storage().encrypted().orElse(null))
        .kmsKeyId(settings.storage().kmsKeyId().orElse(null))
        .storageType(storageType(settings))
        .serverlessV2ScalingConfiguration(serverless(settings))
        .backupRetentionPeriod(settings.maintenance().backupRetentionDays().orElse(null))
        .preferredBackupWindow(
            settings.maintenance().backupWindow().map(DailyWindow::value).orElse(null))
        .preferredMaintenanceWindow(
            settings.maintenance().maintenanceWindow().map(WeeklyWindow::value).orElse(null))
        .enableIAMDatabaseAuthentication(settings.access().iamAuthentication().orElse(null))
        .enableCloudwatchLogsExports(logExports(settings))
        .deletionProtection(settings.maintenance().deletionProtection().orElse(null))
        .copyTagsToSnapshot(settings.maintenance().copyTagsToSnapshots().orElse(null))
        .tags(tags(wish.tags()))
        .build();
  }

  static CreateDbInstanceRequest write(CreateInstance wish) {
    ClusterSettings settings = wish.settings();
    return CreateDbInstanceRequest.builder()
        .dbClusterIdentifier(wish.cluster().value())
        .dbInstanceIdentifier(wish.instance().value())
        .engine(settings.engine().toString())
        .dbInstanceClass(settings.hardware().instanceClass().map(InstanceClass::value).orElse(null))
        .dbParameterGroupName(settings.parameters().instanceGroup().orElse(null))
        .publiclyAccessible(settings.network().publiclyAccessible().orElse(null))
        .autoMinorVersionUpgrade(settings.maintenance().autoMinorVersionUpgrade().orElse(null))
        .preferredMaintenanceWindow(
            settings.maintenance().maintenanceWindow().map(WeeklyWindow::value).orElse(null))
        .tags(tags(wish.tags()))
        .build();
  }

  static ModifyDbClusterRequest write(ModifyCluster wish, Optional<Secret> password) {
    var request =
        ModifyDbClusterRequest.builder()
            .dbClusterIdentifier(wish.cluster().value())
            .applyImmediately(true);
    password.map(Secret::reveal).ifPresent(request::masterUserPassword);
    wish.fields().forEach(field -> set(request, field, wish));
    return request.build();
  }

  private static void set(
      ModifyDbClusterRequest.Builder request, SettingField field, ModifyCluster wish) {
    ClusterSettings to = wish.to();
    switch (field) {
      case SECURITY_GROUPS -> request.vpcSecurityGroupIds(securityGroups(to));
      case PORT -> request.port(port(to));
      case SERVERLESS -> request.serverlessV2ScalingConfiguration(serverless(to));
      case BACKUP_RETENTION ->
          to.maintenance().backupRetentionDays().ifPresent(request::backupRetentionPeriod);
      case BACKUP_WINDOW ->
          to.maintenance()
              .backupWindow()
              .map(DailyWindow::value)
              .ifPresent(request::preferredBackupWindow);
      case MAINTENANCE_WINDOW ->
          to.maintenance()
              .maintenanceWindow()
              .map(WeeklyWindow::value)
              .ifPresent(request::preferredMaintenanceWindow);
      case DELETION_PROTECTION ->
          to.maintenance().deletionProtection().ifPresent(request::deletionProtection);
      case COPY_TAGS_TO_SNAPSHOTS ->
          to.maintenance().copyTagsToSnapshots().ifPresent(request::copyTagsToSnapshot);
      case CLUSTER_PARAMETER_GROUP ->
          to.parameters().clusterGroup().ifPresent(request::dbClusterParameterGroupName);
      case STORAGE_TYPE -> to.storage().storageType().ifPresent(request::storageType);
      case IAM_AUTHENTICATION ->
          to.access().iamAuthentication().ifPresent(request::enableIAMDatabaseAuthentication);
      case LOG_EXPORTS -> request.cloudwatchLogsExportConfiguration(logChange(wish));
      case SUBNET_GROUP, ENCRYPTED, KMS_KEY ->
          throw new IllegalArgumentException(field + " of a cluster cannot be changed");
      case INSTANCE_CLASS,
          INSTANCE_PARAMETER_GROUP,
          PUBLICLY_ACCESSIBLE,
          AUTO_MINOR_VERSION_UPGRADE,
          INSTANCE_MAINTENANCE_WINDOW ->
          throw new IllegalArgumentException(field + " is no setting of a cluster");
    }
  }

  private static CloudwatchLogsExportConfiguration logChange(ModifyCluster wish) {
    List<String> wanted = wish.to().access().logExports().orElse(List.of());
    List<String> now = wish.logExportsNow();
    return CloudwatchLogsExportConfiguration.builder()
        .enableLogTypes(wanted.stream().filter(log -> !now.contains(log)).toList())
        .disableLogTypes(now.stream().filter(log -> !wanted.contains(log)).toList())
        .build();
  }

  static ModifyDbInstanceRequest write(ModifyInstance wish) {
    ClusterSettings to = wish.to();
    var request =
        ModifyDbInstanceRequest.builder()
            .dbInstanceIdentifier(wish.instance().value())
            .applyImmediately(true);
    for (SettingField field : wish.fields()) {
      switch (field) {
        case INSTANCE_CLASS ->
            to.hardware()
                .instanceClass()
                .map(InstanceClass::value)
                .ifPresent(request::dbInstanceClass);
        case INSTANCE_PARAMETER_GROUP ->
            to.parameters().instanceGroup().ifPresent(request::dbParameterGroupName);
        case PUBLICLY_ACCESSIBLE ->
            to.network().publiclyAccessible().ifPresent(request::publiclyAccessible);
        case AUTO_MINOR_VERSION_UPGRADE ->
            to.maintenance().autoMinorVersionUpgrade().ifPresent(request::autoMinorVersionUpgrade);
        case INSTANCE_MAINTENANCE_WINDOW ->
            to.maintenance()
                .maintenanceWindow()
                .map(WeeklyWindow::value)
                .ifPresent(request::preferredMaintenanceWindow);
        default -> throw new IllegalArgumentException(field + " is no setting of an instance");
      }
    }
    return request.build();
  }

  static List<Tag> tags(Tags tags) {
    return tags.values().entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private static List<String> securityGroups(ClusterSettings settings) {
    var groups = settings.network().securityGroups();
    return groups.isEmpty() ? null : groups.stream().map(SecurityGroupId::value).toList();
  }

  private static Integer port(ClusterSettings settings) {
    return settings.network().port().map(Port::value).orElse(null);
  }

  /// `aurora` is what comes when nothing is said, and older engines refuse to be told so.
  private static String storageType(ClusterSettings settings) {
    return settings.storage().storageType().filter(type -> !type.equals("aurora")).orElse(null);
  }

  private static List<String> logExports(ClusterSettings settings) {
    return settings.access().logExports().filter(logs -> !logs.isEmpty()).orElse(null);
  }

  private static ServerlessV2ScalingConfiguration serverless(ClusterSettings settings) {
    return settings.hardware().serverless().map(RequestWriting::serverless).orElse(null);
  }

  private static ServerlessV2ScalingConfiguration serverless(ServerlessRange range) {
    return ServerlessV2ScalingConfiguration.builder()
        .minCapacity(range.min().doubleValue())
        .maxCapacity(range.max().doubleValue())
        .build();
  }
}
