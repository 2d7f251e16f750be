package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.PendingCloudwatchLogsExports;

/// The changes of a cluster that wait for its maintenance window unless they are wanted at once.
/// Pure.
final class ClusterChanges {

  private static final ClusterPendingModifiedValues NONE =
      ClusterPendingModifiedValues.builder().build();

  private ClusterChanges() {}

  /// What the request adds to the changes that wait already; a value that the cluster has is none.
  static ClusterPendingModifiedValues merge(DBCluster cluster, ModifyDbClusterRequest request) {
    var pending = Optional.ofNullable(cluster.pendingModifiedValues()).orElse(NONE).toBuilder();
    if (request.backupRetentionPeriod() != null) {
      pending.backupRetentionPeriod(
          unless(request.backupRetentionPeriod(), cluster.backupRetentionPeriod()));
    }
    if (request.enableIAMDatabaseAuthentication() != null) {
      pending.iamDatabaseAuthenticationEnabled(
          unless(
              request.enableIAMDatabaseAuthentication(),
              cluster.iamDatabaseAuthenticationEnabled()));
    }
    if (request.newDBClusterIdentifier() != null) {
      pending.dbClusterIdentifier(
          unless(
              Rules.identifier("NewDBClusterIdentifier", request.newDBClusterIdentifier()),
              cluster.dbClusterIdentifier()));
    }
    if (request.storageType() != null) {
      var current = Optional.ofNullable(cluster.storageType()).orElse("aurora");
      pending.storageType(unless(request.storageType(), current));
    }
    if (request.cloudwatchLogsExportConfiguration() != null) {
      pending.pendingCloudwatchLogsExports(
          exports(cluster, request.cloudwatchLogsExportConfiguration()));
    }
    return pending.build();
  }

  private static <T> T unless(T wanted, T current) {
    return Objects.equals(wanted, current) ? null : wanted;
  }

  private static PendingCloudwatchLogsExports exports(
      DBCluster cluster, CloudwatchLogsExportConfiguration wanted) {
    EngineRules.logExports(Engine.of(cluster.engine()), wanted.enableLogTypes());
    var current = cluster.enabledCloudwatchLogsExports();
    var then =
        exports(
            awaitedExports(cluster), pending(wanted.enableLogTypes(), wanted.disableLogTypes()));
    var enable = then.stream().filter(type -> !current.contains(type)).toList();
    var disable = current.stream().filter(type -> !then.contains(type)).toList();
    return enable.isEmpty() && disable.isEmpty() ? null : pending(enable, disable);
  }

  /// Those that the cluster has when nothing waits any more.
  private static List<String> awaitedExports(DBCluster cluster) {
    var current = cluster.enabledCloudwatchLogsExports();
    return Optional.ofNullable(cluster.pendingModifiedValues())
        .map(ClusterPendingModifiedValues::pendingCloudwatchLogsExports)
        .map(waiting -> exports(current, waiting))
        .orElse(current);
  }

  private static PendingCloudwatchLogsExports pending(List<String> enable, List<String> disable) {
    return PendingCloudwatchLogsExports.builder()
        .logTypesToEnable(enable)
        .logTypesToDisable(disable)
        .build();
  }

  /// The cluster with all of these changes made; a password is not among them.
  ///
  /// @param major whether the engine version among them is of another major version, which waits on
  static DBCluster apply(
      DBCluster cluster, ClusterPendingModifiedValues changes, boolean major, Home home) {
    var builder = cluster.toBuilder();
    if (changes.backupRetentionPeriod() != null) {
      builder.backupRetentionPeriod(changes.backupRetentionPeriod());
    }
    if (changes.iamDatabaseAuthenticationEnabled() != null) {
      builder.iamDatabaseAuthenticationEnabled(changes.iamDatabaseAuthenticationEnabled());
    }
    if (changes.dbClusterIdentifier() != null) {
      builder
          .dbClusterIdentifier(changes.dbClusterIdentifier())
          .dbClusterArn(home.arn("cluster", changes.dbClusterIdentifier()));
    }
    if (changes.engineVersion() != null && !major) {
      builder.engineVersion(changes.engineVersion());
    }
    if (changes.storageType() != null) {
      builder.storageType(shownStorageType(changes.storageType()));
    }
    if (changes.pendingCloudwatchLogsExports() != null) {
      builder.enabledCloudwatchLogsExports(
          exports(cluster.enabledCloudwatchLogsExports(), changes.pendingCloudwatchLogsExports()));
    }
    return builder.pendingModifiedValues(left(changes, major)).build();
  }

  /// Aurora does not show its default storage type.
  static String shownStorageType(String type) {
    return "aurora".equals(type) ? null : type;
  }

  private static List<String> exports(List<String> current, PendingCloudwatchLogsExports change) {
    var types = new ArrayList<>(current);
    types.removeAll(change.logTypesToDisable());
    types.addAll(change.logTypesToEnable());
    return types.stream().distinct().sorted().toList();
  }

  private static ClusterPendingModifiedValues left(
      ClusterPendingModifiedValues changes, boolean major) {
    return orNull(
        NONE.copy(to ->
            to.masterUserPassword(changes.masterUserPassword())
                .engineVersion(major ? changes.engineVersion() : null)));
  }

  /// A cluster for which nothing waits shows no pending values.
  static ClusterPendingModifiedValues orNull(ClusterPendingModifiedValues pending) {
    return pending.equals(NONE) ? null : pending;
  }
}
