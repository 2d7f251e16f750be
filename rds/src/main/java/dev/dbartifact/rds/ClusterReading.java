package dev.dbartifact.rds;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.EngineVersion;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.ServerlessRange;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/// Turns what DescribeDBClusters and DescribeDBInstances answer into a [FoundCluster]. Pure.
final class ClusterReading {
  private ClusterReading() {}

  static FoundCluster read(DBCluster cluster, List<FoundInstance> unordered) {
    List<FoundInstance> instances =
        unordered.stream()
            .map(each ->
                each.asMember(isWriter(cluster, each), parametersInSync(cluster, each.id())))
            .toList();
    return new FoundCluster(
        new ClusterId(cluster.dbClusterIdentifier()),
        cluster.dbClusterArn(),
        cluster.status(),
        Optional.ofNullable(cluster.endpoint()),
        Optional.ofNullable(cluster.readerEndpoint()),
        settings(cluster, instances),
        instances,
        cluster.availabilityZones(),
        pendingFields(cluster),
        pending(cluster).map(ClusterPendingModifiedValues::masterUserPassword).isPresent(),
        Optional.ofNullable(cluster.cloneGroupId()));
  }

  private static boolean isWriter(DBCluster cluster, FoundInstance instance) {
    return cluster.dbClusterMembers().stream()
        .filter(member -> instance.id().value().equalsIgnoreCase(member.dbInstanceIdentifier()))
        .anyMatch(member -> Boolean.TRUE.equals(member.isClusterWriter()));
  }

  private static ClusterSettings settings(DBCluster cluster, List<FoundInstance> instances) {
    Optional<FoundInstance> writer =
        instances.stream().filter(FoundInstance::writer).findFirst().or(() -> first(instances));
    return new ClusterSettings(
        Engine.named(cluster.engine()),
        Optional.ofNullable(cluster.engineVersion()).map(EngineVersion::new),
        Optional.ofNullable(cluster.masterUsername()).map(MasterUsername::new),
        present(cluster.databaseName()).map(DatabaseName::new),
        network(cluster, writer),
        new HardwareSettings(
            writer.flatMap(FoundInstance::instanceClass), instances.size(), serverless(cluster)),
        maintenance(cluster, writer),
        new ParameterSettings(
            present(cluster.dbClusterParameterGroup()),
            writer.flatMap(FoundInstance::parameterGroup)),
        storage(cluster),
        access(cluster),
        tags(cluster.tagList()));
  }

  private static Optional<FoundInstance> first(List<FoundInstance> instances) {
    return instances.stream().findFirst();
  }

  private static NetworkSettings network(DBCluster cluster, Optional<FoundInstance> writer) {
    return new NetworkSettings(
        present(cluster.dbSubnetGroup()),
        Optional.empty(),
        cluster.vpcSecurityGroups().stream()
            .filter(group -> !"removing".equals(group.status()))
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .map(SecurityGroupId::new)
            .toList(),
        Optional.ofNullable(cluster.port()).map(Port::new),
        writer.flatMap(FoundInstance::publiclyAccessible));
  }

  private static Optional<ServerlessRange> serverless(DBCluster cluster) {
    return Optional.ofNullable(cluster.serverlessV2ScalingConfiguration())
        .filter(range -> range.minCapacity() != null && range.maxCapacity() != null)
        .map(range ->
            new ServerlessRange(
                BigDecimal.valueOf(range.minCapacity()), BigDecimal.valueOf(range.maxCapacity())));
  }

  private static MaintenanceSettings maintenance(
      DBCluster cluster, Optional<FoundInstance> writer) {
    var pendingRetention =
        pending(cluster).map(ClusterPendingModifiedValues::backupRetentionPeriod);
    return new MaintenanceSettings(
        pendingRetention.or(() -> Optional.ofNullable(cluster.backupRetentionPeriod())),
        present(cluster.preferredBackupWindow()).map(DailyWindow::new),
        weekly(cluster.preferredMaintenanceWindow()),
        writer.flatMap(FoundInstance::autoMinorVersionUpgrade),
        Optional.ofNullable(cluster.deletionProtection()),
        Optional.ofNullable(cluster.copyTagsToSnapshot()));
  }

  /// Aurora does not echo the storage type `aurora`, and invents an allocated storage of 1 GiB.
  private static StorageSettings storage(DBCluster cluster) {
    var pendingType = pending(cluster).map(ClusterPendingModifiedValues::storageType);
    return new StorageSettings(
        pendingType.or(() -> present(cluster.storageType())).or(() -> Optional.of("aurora")),
        Optional.ofNullable(cluster.storageEncrypted()),
        present(cluster.kmsKeyId()));
  }

  private static AccessSettings access(DBCluster cluster) {
    var pendingIam =
        pending(cluster).map(ClusterPendingModifiedValues::iamDatabaseAuthenticationEnabled);
    var logs = new TreeSet<>(cluster.enabledCloudwatchLogsExports());
    pending(cluster)
        .map(ClusterPendingModifiedValues::pendingCloudwatchLogsExports)
        .ifPresent(exports -> {
          logs.addAll(exports.logTypesToEnable());
          logs.removeAll(exports.logTypesToDisable());
        });
    return new AccessSettings(
        pendingIam.or(() -> Optional.ofNullable(cluster.iamDatabaseAuthenticationEnabled())),
        Optional.of(List.copyOf(logs)));
  }

  private static Optional<ClusterPendingModifiedValues> pending(DBCluster cluster) {
    return Optional.ofNullable(cluster.pendingModifiedValues());
  }

  private static Set<SettingField> pendingFields(DBCluster cluster) {
    var fields = EnumSet.noneOf(SettingField.class);
    pending(cluster)
        .ifPresent(values -> {
          addIf(values.backupRetentionPeriod() != null, SettingField.BACKUP_RETENTION, fields);
          addIf(values.storageType() != null, SettingField.STORAGE_TYPE, fields);
          addIf(
              values.iamDatabaseAuthenticationEnabled() != null,
              SettingField.IAM_AUTHENTICATION,
              fields);
          addIf(values.pendingCloudwatchLogsExports() != null, SettingField.LOG_EXPORTS, fields);
        });
    boolean adding =
        cluster.vpcSecurityGroups().stream().anyMatch(group -> "adding".equals(group.status()));
    addIf(adding, SettingField.SECURITY_GROUPS, fields);
    return fields;
  }

  private static void addIf(boolean pending, SettingField field, Set<SettingField> fields) {
    if (pending) {
      fields.add(field);
    }
  }

  /// Whether a member runs with the cluster parameter group as it is now.
  private static boolean parametersInSync(DBCluster cluster, ClusterId instance) {
    return cluster.dbClusterMembers().stream()
        .filter(member -> instance.value().equalsIgnoreCase(member.dbInstanceIdentifier()))
        .map(DBClusterMember::dbClusterParameterGroupStatus)
        .noneMatch("pending-reboot"::equals);
  }

  static Tags tags(List<Tag> list) {
    var tags = new TreeMap<String, String>();
    list.stream()
        .filter(tag -> !Tags.isReserved(tag.key()))
        .forEach(tag -> tags.put(tag.key(), Optional.ofNullable(tag.value()).orElse("")));
    return new Tags(tags);
  }

  static Optional<WeeklyWindow> weekly(String window) {
    return present(window).map(text -> new WeeklyWindow(text.toLowerCase(Locale.ROOT)));
  }

  private static Optional<String> present(String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }
}
