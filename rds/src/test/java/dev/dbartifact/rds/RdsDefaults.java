package dev.dbartifact.rds;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.artifact.WeeklyWindow;
import java.util.List;
import java.util.Optional;

/// What RDS gives for what it is told about a new cluster or instance, and for what it is not.
final class RdsDefaults {
  private RdsDefaults() {}

  /// What RestoreDBClusterToPointInTime gives for what it is told and for what it is not.
  static ClusterSettings cloned(ClusterSettings source, CloneCluster wish) {
    ClusterSettings to = wish.settings();
    return new ClusterSettings(
        source.engine(),
        source.engineVersion(),
        source.masterUsername(),
        source.databaseName(),
        new NetworkSettings(
            to.network().subnetGroup().or(() -> Optional.of("default")),
            Optional.empty(),
            securityGroups(to),
            to.network().port().or(() -> Optional.of(new Port(source.engine().defaultPort()))),
            Optional.empty()),
        new HardwareSettings(Optional.empty(), 0, to.hardware().serverless()),
        new MaintenanceSettings(
            source.maintenance().backupRetentionDays(),
            Optional.of(new DailyWindow("11:11-11:41")),
            Optional.of(new WeeklyWindow("tue:05:00-tue:05:30")),
            Optional.empty(),
            to.maintenance().deletionProtection().or(() -> Optional.of(false)),
            to.maintenance().copyTagsToSnapshots().or(() -> Optional.of(false))),
        parameters(to),
        new StorageSettings(
            to.storage().storageType().or(() -> Optional.of("aurora")),
            source.storage().encrypted(),
            source.storage().kmsKeyId()),
        access(to),
        wish.tags());
  }

  static ClusterSettings created(CreateCluster wish) {
    ClusterSettings to = wish.settings();
    var maintenance = to.maintenance();
    return new ClusterSettings(
        to.engine(),
        to.engineVersion(),
        to.masterUsername(),
        to.databaseName(),
        new NetworkSettings(
            to.network().subnetGroup().or(() -> Optional.of("default")),
            Optional.empty(),
            securityGroups(to),
            to.network().port().or(() -> Optional.of(new Port(to.engine().defaultPort()))),
            Optional.empty()),
        new HardwareSettings(Optional.empty(), 0, to.hardware().serverless()),
        new MaintenanceSettings(
            maintenance.backupRetentionDays().or(() -> Optional.of(1)),
            maintenance.backupWindow().or(() -> Optional.of(new DailyWindow("11:11-11:41"))),
            maintenance
                .maintenanceWindow()
                .or(() -> Optional.of(new WeeklyWindow("tue:05:00-tue:05:30"))),
            Optional.empty(),
            maintenance.deletionProtection().or(() -> Optional.of(false)),
            maintenance.copyTagsToSnapshots().or(() -> Optional.of(false))),
        parameters(to),
        to.storage(),
        access(to),
        wish.tags());
  }

  static List<SecurityGroupId> securityGroups(ClusterSettings wish) {
    var groups = wish.network().securityGroups();
    return groups.isEmpty() ? List.of(new SecurityGroupId("sg-00000000")) : groups;
  }

  static ParameterSettings parameters(ClusterSettings wish) {
    return new ParameterSettings(
        wish.parameters().clusterGroup().or(() -> Optional.of("default." + wish.engine())),
        Optional.empty());
  }

  static AccessSettings access(ClusterSettings wish) {
    return new AccessSettings(
        wish.access().iamAuthentication().or(() -> Optional.of(false)),
        wish.access().logExports().or(() -> Optional.of(List.of())));
  }

  static ClusterSettings instanceDefaults(ClusterSettings wish) {
    var network = wish.network();
    var maintenance = wish.maintenance();
    return new ClusterSettings(
        wish.engine(),
        wish.engineVersion(),
        wish.masterUsername(),
        wish.databaseName(),
        new NetworkSettings(
            network.subnetGroup(),
            network.subnetIds(),
            network.securityGroups(),
            network.port(),
            network.publiclyAccessible().or(() -> Optional.of(false))),
        wish.hardware(),
        new MaintenanceSettings(
            maintenance.backupRetentionDays(),
            maintenance.backupWindow(),
            maintenance
                .maintenanceWindow()
                .or(() -> Optional.of(new WeeklyWindow("wed:06:00-wed:06:30"))),
            maintenance.autoMinorVersionUpgrade().or(() -> Optional.of(true)),
            maintenance.deletionProtection(),
            maintenance.copyTagsToSnapshots()),
        new ParameterSettings(
            wish.parameters().clusterGroup(),
            wish.parameters().instanceGroup().or(() -> Optional.of("default." + wish.engine()))),
        wish.storage(),
        wish.access(),
        wish.tags());
  }
}
