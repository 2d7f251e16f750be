package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.network.SecurityGroups;
import dev.dbartifact.localengine.rds.network.SubnetGroups;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.rds.tag.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;

/// What a cluster is when it is new: what the request says, and the defaults of RDS for the rest.
public final class NewClusters {

  private static final Set<String> SAME_IN_CREATE =
      Set.of(
          "AutoMinorVersionUpgrade",
          "BackupRetentionPeriod",
          "CopyTagsToSnapshot",
          "DatabaseName",
          "DeletionProtection",
          "EngineLifecycleSupport",
          "MasterUsername",
          "NetworkType",
          "Port",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "StorageEncrypted");

  private static final Set<String> SAME_IN_RESTORE =
      Set.of(
          "BackupRetentionPeriod",
          "CopyTagsToSnapshot",
          "DeletionProtection",
          "EngineLifecycleSupport",
          "NetworkType",
          "Port",
          "PreferredBackupWindow");

  private static final Set<String> SAME_IN_RESTORES =
      Set.of(
          "BacktrackWindow",
          "BackupRetentionPeriod",
          "CopyTagsToSnapshot",
          "DBClusterIdentifier",
          "DBClusterParameterGroupName",
          "DBSubnetGroupName",
          "DeletionProtection",
          "EnableCloudwatchLogsExports",
          "EnableIAMDatabaseAuthentication",
          "EnablePerformanceInsights",
          "EngineLifecycleSupport",
          "EngineMode",
          "KmsKeyId",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "NetworkType",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "Port",
          "PreferredBackupWindow",
          "ServerlessV2ScalingConfiguration",
          "StorageType",
          "Tags",
          "VpcSecurityGroupIds");

  private final Home home;
  private final SubnetGroups subnetGroups;
  private final ParameterGroups parameterGroups;
  private final Versions versions;
  private final Upgrades upgrades;
  private final ClusterDefaults defaults;

  public NewClusters(
      Home home,
      SubnetGroups subnetGroups,
      ParameterGroups parameterGroups,
      Versions versions,
      Upgrades upgrades,
      Clock clock) {
    this.home = home;
    this.subnetGroups = subnetGroups;
    this.parameterGroups = parameterGroups;
    this.versions = versions;
    this.upgrades = upgrades;
    this.defaults = new ClusterDefaults(home, clock);
  }

  DBCluster created(CreateDbClusterRequest request) {
    var id = Rules.identifier("DBClusterIdentifier", request.dbClusterIdentifier());
    var engine = Engine.ofCluster(request.engine());
    EngineRules.masterUser(engine, request.masterUsername());
    if (request.databaseName() != null) {
      EngineRules.databaseName(engine, "DatabaseName", request.databaseName());
    }
    Rules.retention(request.backupRetentionPeriod());
    Rules.maintenanceWindow(request.preferredMaintenanceWindow());
    check(request.port(), request.preferredBackupWindow(), request.storageType());
    check(request.engineMode(), request.networkType());
    lifecycle(request.engineLifecycleSupport());
    Windows.check(request.preferredBackupWindow(), request.preferredMaintenanceWindow());
    request.availabilityZones().forEach(home::requireZone);

    var version = versions.choose(engine, request.engineVersion());
    EngineRules.backtrackWindow(version, request.backtrackWindow());
    var builder = defaults.of(id, version).masterUsername(request.masterUsername());
    Fields.copy(request, builder, SAME_IN_CREATE);
    apart(builder, request.preferredMaintenanceWindow() != null);
    if (request.kmsKeyId() != null) {
      builder.kmsKeyId(home.key(request.kmsKeyId()));
    } else if (Boolean.TRUE.equals(request.storageEncrypted())) {
      builder.kmsKeyId(home.defaultKey());
    }
    if (!request.availabilityZones().isEmpty()) {
      builder.availabilityZones(request.availabilityZones());
    }
    builder.httpEndpointEnabled(Boolean.TRUE.equals(request.enableHttpEndpoint()));
    return chosen(
            builder,
            version,
            request.dbSubnetGroupName(),
            request.dbClusterParameterGroupName(),
            request.vpcSecurityGroupIds(),
            request.enableCloudwatchLogsExports(),
            request.serverlessV2ScalingConfiguration())
        .storageType(ClusterChanges.shownStorageType(request.storageType()))
        .iamDatabaseAuthenticationEnabled(
            Boolean.TRUE.equals(request.enableIAMDatabaseAuthentication()))
        .tagList(Tags.merged(List.of(), request.tags()))
        .build();
  }

  /// The window that was not asked for keeps out of the way of the other.
  private static void apart(DBCluster.Builder builder, boolean maintenanceIsGiven) {
    var now = builder.build();
    var windows =
        Windows.apart(
            now.preferredBackupWindow(), now.preferredMaintenanceWindow(), maintenanceIsGiven);
    builder
        .preferredBackupWindow(windows.backup())
        .preferredMaintenanceWindow(windows.maintenance());
  }

  /// A restore takes the data, the version and the master user of its source, and defaults for what
  /// the request does not say; see RestoreDBClusterToPointInTime in the API Reference.
  DBCluster restored(RestoreDbClusterToPointInTimeRequest request, DBCluster source) {
    var id = Rules.identifier("DBClusterIdentifier", request.dbClusterIdentifier());
    Rules.retention(request.backupRetentionPeriod());
    check(request.port(), request.preferredBackupWindow(), request.storageType());
    check(request.engineMode(), request.networkType());
    lifecycle(request.engineLifecycleSupport());
    Windows.check(request.preferredBackupWindow(), null);
    EngineRules.backtrackWindow(EngineVersion.of(source), request.backtrackWindow());
    encryption(request.kmsKeyId(), source);

    var builder =
        defaults
            .of(id, EngineVersion.of(source))
            .masterUsername(source.masterUsername())
            .databaseName(source.databaseName())
            .backupRetentionPeriod(source.backupRetentionPeriod())
            .storageEncrypted(source.storageEncrypted())
            .kmsKeyId(
                request.kmsKeyId() == null ? source.kmsKeyId() : home.key(request.kmsKeyId()));
    Fields.copy(request, builder, SAME_IN_RESTORE);
    apart(builder, false);
    var settings =
        chosen(
                builder,
                EngineVersion.of(source),
                request.dbSubnetGroupName(),
                request.dbClusterParameterGroupName(),
                request.vpcSecurityGroupIds(),
                request.enableCloudwatchLogsExports(),
                request.serverlessV2ScalingConfiguration())
            .storageType(ClusterChanges.shownStorageType(request.storageType()))
            .iamDatabaseAuthenticationEnabled(
                Boolean.TRUE.equals(request.enableIAMDatabaseAuthentication()))
            .tagList(Tags.merged(List.of(), request.tags()))
            .build();
    return Observation.of(request, settings);
  }

  /// The same, but at the port of the original.
  DBCluster restored(RestoreDbClusterFromSnapshotRequest request, Snapshot snapshot) {
    var engine = Engine.of(request.engine());
    request.availabilityZones().forEach(home::requireZone);
    var from = snapshot.settings();
    requireEngine(engine, from.engine());
    var version =
        upgrades.restored(new EngineVersion(engine, from.engineVersion()), request.engineVersion());
    var source =
        DBCluster.builder()
            .dbClusterIdentifier(from.dbClusterIdentifier())
            .engine(from.engine())
            .engineVersion(version.number())
            .masterUsername(from.masterUsername())
            .databaseName(snapshot.databaseName())
            .backupRetentionPeriod(1)
            .storageEncrypted(from.storageEncrypted())
            .kmsKeyId(from.kmsKeyId())
            .build();
    var same = RestoreDbClusterToPointInTimeRequest.builder();
    Fields.copy(request, same, SAME_IN_RESTORES);
    var restored =
        restored(same.port(request.port() == null ? from.port() : request.port()).build(), source);
    return request.availabilityZones().isEmpty()
        ? restored
        : restored.copy(builder -> builder.availabilityZones(request.availabilityZones()));
  }

  private static void requireEngine(Engine wanted, String has) {
    if (!wanted.title().equals(has)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot restore a snapshot of %s as %s.", has, wanted.title());
    }
  }

  private static void encryption(String kmsKeyId, DBCluster source) {
    if (kmsKeyId != null && !Boolean.TRUE.equals(source.storageEncrypted())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "KmsKeyId cannot be given: the source DB cluster %s is not encrypted.",
          source.dbClusterIdentifier());
    }
  }

  private static void check(Integer port, String backupWindow, String storageType) {
    Rules.port(port);
    Rules.backupWindow(backupWindow);
    Rules.oneOf("StorageType", storageType, "aurora", "aurora-iopt1");
  }

  private static void lifecycle(String support) {
    Rules.oneOf(
        "EngineLifecycleSupport",
        support,
        "open-source-rds-extended-support",
        "open-source-rds-extended-support-disabled");
  }

  private static void check(String engineMode, String networkType) {
    Rules.oneOf("EngineMode", engineMode, "provisioned");
    Rules.oneOf("NetworkType", networkType, "IPV4");
  }

  private DBCluster.Builder chosen(
      DBCluster.Builder builder,
      EngineVersion version,
      String subnetGroup,
      String parameterGroup,
      List<String> securityGroups,
      List<String> logExports,
      ServerlessV2ScalingConfiguration scaling) {
    EngineRules.logExports(version.engine(), logExports);
    return builder
        .dbSubnetGroup(subnetGroups.chosen(subnetGroup))
        .dbClusterParameterGroup(parameterGroups.forCluster(parameterGroup, version))
        .vpcSecurityGroups(SecurityGroups.orDefault(securityGroups))
        .enabledCloudwatchLogsExports(logExports.stream().distinct().sorted().toList())
        .serverlessV2ScalingConfiguration(Capacity.of(version, scaling));
  }
}
