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
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;

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

  /// What creations and both kinds of restores take.
  private static final Set<String> SHARED =
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
    var shared = shared(request).build();
    check(shared, request.preferredMaintenanceWindow());
    request.availabilityZones().forEach(home::requireZone);

    var version = versions.choose(engine, request.engineVersion());
    EngineRules.backtrackWindow(version, request.backtrackWindow());
    var builder = defaults.of(id, version).masterUsername(request.masterUsername());
    Fields.copy(request, builder, SAME_IN_CREATE);
    apart(builder, request.preferredMaintenanceWindow() != null);
    builder.kmsKeyId(
        EngineRules.storageKey(engine, request.storageEncrypted(), request.kmsKeyId(), home));
    builder.httpEndpointEnabled(Boolean.TRUE.equals(request.enableHttpEndpoint()));
    return chosen(builder, version, shared);
  }

  /// What a request has in common with a restore to a time, as that has it.
  private static RestoreDbClusterToPointInTimeRequest.Builder shared(SdkPojo request) {
    var shared = RestoreDbClusterToPointInTimeRequest.builder();
    Fields.copy(request, shared, SHARED);
    return shared;
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
    check(request, null);
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
    // A clone stays where the storage is that it shares.
    if ("copy-on-write".equals(request.restoreType())) {
      builder.availabilityZones(source.availabilityZones());
    }
    Fields.copy(request, builder, SAME_IN_RESTORE);
    apart(builder, false);
    return Observation.of(request, chosen(builder, EngineVersion.of(source), request), home);
  }

  /// The same, but at the port of the original, and encrypted with a key that is given, though the
  /// snapshot is not; see "Encrypting Amazon Aurora resources" in the Aurora User Guide.
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
            .storageEncrypted(
                request.kmsKeyId() != null || Boolean.TRUE.equals(from.storageEncrypted()))
            .kmsKeyId(from.kmsKeyId())
            .build();
    var port = request.port() == null ? from.port() : request.port();
    return restored(shared(request).port(port).build(), source);
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

  private static void check(RestoreDbClusterToPointInTimeRequest shared, String maintenanceWindow) {
    Rules.retention(shared.backupRetentionPeriod());
    Rules.maintenanceWindow(maintenanceWindow);
    Rules.port(shared.port());
    Rules.backupWindow(shared.preferredBackupWindow());
    Rules.oneOf("StorageType", shared.storageType(), "aurora", "aurora-iopt1");
    Rules.oneOf("EngineMode", shared.engineMode(), "provisioned");
    Rules.oneOf("NetworkType", shared.networkType(), "IPV4");
    Rules.oneOf(
        "EngineLifecycleSupport",
        shared.engineLifecycleSupport(),
        "open-source-rds-extended-support",
        "open-source-rds-extended-support-disabled");
    Windows.check(shared.preferredBackupWindow(), maintenanceWindow);
  }

  private DBCluster chosen(
      DBCluster.Builder builder,
      EngineVersion version,
      RestoreDbClusterToPointInTimeRequest shared) {
    var logExports = shared.enableCloudwatchLogsExports();
    EngineRules.logExports(version.engine(), logExports);
    return builder
        .dbSubnetGroup(subnetGroups.chosen(shared.dbSubnetGroupName()))
        .dbClusterParameterGroup(
            parameterGroups.forCluster(shared.dbClusterParameterGroupName(), version))
        .vpcSecurityGroups(SecurityGroups.orDefault(shared.vpcSecurityGroupIds()))
        .enabledCloudwatchLogsExports(logExports.stream().distinct().sorted().toList())
        .serverlessV2ScalingConfiguration(
            Capacity.of(version, shared.serverlessV2ScalingConfiguration()))
        .storageType(ClusterChanges.shownStorageType(shared.storageType()))
        .iamDatabaseAuthenticationEnabled(
            Boolean.TRUE.equals(shared.enableIAMDatabaseAuthentication()))
        .tagList(Tags.merged(List.of(), shared.tags()))
        .build();
  }
}
