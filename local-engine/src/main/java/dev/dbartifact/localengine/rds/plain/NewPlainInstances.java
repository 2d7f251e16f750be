package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.compute.DefaultAuthority;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineRules;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.OfferedClasses;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.network.SecurityGroups;
import dev.dbartifact.localengine.rds.network.SubnetGroups;
import dev.dbartifact.localengine.rds.option.OptionGroups;
import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Insights;
import dev.dbartifact.localengine.rds.request.InstanceRules;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.request.Windows;
import dev.dbartifact.localengine.rds.tag.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What a plain instance is when it is new: what the request says, and the defaults of RDS for the
/// rest.
///
/// See CreateDBInstance in the Amazon RDS API Reference.
public final class NewPlainInstances {

  private static final Set<String> SAME =
      Set.of(
          "AutoMinorVersionUpgrade",
          "BackupRetentionPeriod",
          "BackupTarget",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "DBInstanceClass",
          "DatabaseInsightsMode",
          "DedicatedLogVolume",
          "DeletionProtection",
          "EngineLifecycleSupport",
          "KmsKeyId",
          "MaxAllocatedStorage",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "MultiAZ",
          "NetworkType",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow",
          "PubliclyAccessible",
          "StorageEncrypted");

  private final Home home;
  private final SubnetGroups subnetGroups;
  private final ParameterGroups parameterGroups;
  private final OptionGroups optionGroups;
  private final Versions versions;
  private final DefaultAuthority authority;
  private final Clock clock;

  public NewPlainInstances(
      Home home,
      SubnetGroups subnetGroups,
      ParameterGroups parameterGroups,
      OptionGroups optionGroups,
      Versions versions,
      DefaultAuthority authority,
      Clock clock) {
    this.home = home;
    this.subnetGroups = subnetGroups;
    this.parameterGroups = parameterGroups;
    this.optionGroups = optionGroups;
    this.versions = versions;
    this.authority = authority;
    this.clock = clock;
  }

  PlainInstance created(CreateDbInstanceRequest request) {
    var engine = Engine.of(request.engine());
    EngineRules.masterUser(engine, request.masterUsername());
    if (databaseName(request) != null) {
      EngineRules.databaseName(engine, "DBName", request.dbName());
    }
    var version = versions.choose(engine, request.engineVersion());
    var key = EngineRules.storageKey(engine, request.storageEncrypted(), request.kmsKeyId(), home);
    return of(version, request.copy(with -> with.kmsKeyId(key)), Optional.empty());
  }

  /// Null for none. Terraform sends an empty one then, and RDS takes that.
  private static String databaseName(CreateDbInstanceRequest request) {
    return "".equals(request.dbName()) ? null : request.dbName();
  }

  /// @param request says all that a new instance needs, but for passwords
  /// @param copied the instance, as it is or was described, that the new one is a copy of
  public PlainInstance of(
      EngineVersion version, CreateDbInstanceRequest request, Optional<DBInstance> copied) {
    var id = Rules.identifier("DBInstanceIdentifier", request.dbInstanceIdentifier());
    check(version, request);
    var disk =
        Disk.of(
            version.engine(),
            request.storageType(),
            request.allocatedStorage(),
            request.iops(),
            request.storageThroughput());
    disk.requireRatio(version.engine(), copied.map(Disk::of).orElse(null));
    disk.requireRoomToGrow(request.maxAllocatedStorage());
    var optionGroup = optionGroup(version, request.optionGroupName(), copied);
    var server =
        server(id, version, request, disk)
            .copy(to -> to.optionGroupMemberships(OptionMemberships.of(optionGroup)));
    return new PlainInstance(storage(id, version, request), server);
  }

  private String optionGroup(EngineVersion version, String wanted, Optional<DBInstance> copied) {
    return copied
        .map(of -> optionGroups.forCopy(version, wanted, OptionMemberships.current(of)))
        .orElseGet(() -> optionGroups.forInstance(version, wanted));
  }

  private void check(EngineVersion version, CreateDbInstanceRequest request) {
    OfferedClasses.require(version.engine(), request.dbInstanceClass());
    Rules.retention(request.backupRetentionPeriod(), 0);
    Rules.backupWindow(request.preferredBackupWindow());
    Rules.maintenanceWindow(request.preferredMaintenanceWindow());
    Windows.check(request.preferredBackupWindow(), request.preferredMaintenanceWindow());
    Rules.port(request.port());
    Rules.oneOf("NetworkType", request.networkType(), "IPV4");
    Rules.oneOf("BackupTarget", request.backupTarget(), "region");
    Rules.oneOf("LicenseModel", request.licenseModel(), version.engine().license());
    EngineRules.logExports(version.engine(), request.enableCloudwatchLogsExports());
    Rules.tags(request.tags());
    Certification.require(request.caCertificateIdentifier());
    requireZone(request);
    if (request.promotionTier() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "PromotionTier is for instances of a DB cluster, not for the engine %s.",
          version.engine().title());
    }
  }

  private void requireZone(CreateDbInstanceRequest request) {
    var zone = request.availabilityZone();
    home.requireZone(zone);
    if (zone != null && Boolean.TRUE.equals(request.multiAZ())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Requesting a specific availability zone (AvailabilityZone %s) is not valid for Multi-AZ"
              + " instances.",
          zone);
    }
  }

  private DBCluster storage(String id, EngineVersion version, CreateDbInstanceRequest request) {
    var engine = version.engine();
    return DBCluster.builder()
        .dbClusterIdentifier(id)
        .dbClusterArn(home.arn("db", id))
        .dbClusterResourceId(Home.resourceId("instance-"))
        .status(Status.CREATING)
        .engine(engine.title())
        .engineVersion(version.number())
        .masterUsername(request.masterUsername())
        .databaseName(databaseName(request))
        .port(request.port() == null ? engine.port() : request.port())
        .hostedZoneId(home.hostedZone())
        .dbSubnetGroup(subnetGroups.chosen(request.dbSubnetGroupName()))
        .vpcSecurityGroups(SecurityGroups.orDefault(request.vpcSecurityGroupIds()))
        .associatedRoles(List.of())
        .build();
  }

  private DBInstance server(
      String id, EngineVersion version, CreateDbInstanceRequest request, Disk disk) {
    var builder = disk.describe(defaults(id, version, isPublic(request.dbSubnetGroupName())));
    var group = parameterGroups.forInstance(request.dbParameterGroupName(), version);
    Fields.copy(request, builder, SAME);
    apart(builder, request.preferredMaintenanceWindow() != null);
    Insights.asked(request).describe(builder, home);
    if (!request.enableCloudwatchLogsExports().isEmpty()) {
      builder.enabledCloudwatchLogsExports(
          request.enableCloudwatchLogsExports().stream().distinct().sorted().toList());
    }
    if (request.availabilityZone() != null) {
      builder.availabilityZone(request.availabilityZone());
    }
    var settled =
        builder
            .dbParameterGroups(Instance.group(group, ApplyStatus.IN_SYNC))
            .iamDatabaseAuthenticationEnabled(
                Boolean.TRUE.equals(request.enableIAMDatabaseAuthentication()))
            .tagList(Tags.merged(List.of(), request.tags()))
            .build();
    InstanceRules.observation(settled);
    return withStandby(settled);
  }

  /// The window that was not asked for keeps out of the way of the other.
  private static void apart(DBInstance.Builder builder, boolean maintenanceIsGiven) {
    var now = builder.build();
    var windows =
        Windows.apart(
            now.preferredBackupWindow(), now.preferredMaintenanceWindow(), maintenanceIsGiven);
    builder
        .preferredBackupWindow(windows.backup())
        .preferredMaintenanceWindow(windows.maintenance());
  }

  /// See `PubliclyAccessible` of CreateDBInstance in the API Reference.
  private static boolean isPublic(String subnetGroup) {
    return subnetGroup == null || subnetGroup.equalsIgnoreCase(SubnetGroups.DEFAULT);
  }

  /// The zone of the standby that a Multi-AZ instance has on AWS.
  DBInstance withStandby(DBInstance server) {
    var zones = home.zones();
    var other = zones.get((zones.indexOf(server.availabilityZone()) + 1) % zones.size());
    return server.copy(
        to -> to.secondaryAvailabilityZone(Boolean.TRUE.equals(server.multiAZ()) ? other : null));
  }

  private DBInstance.Builder defaults(String id, EngineVersion version, boolean isPublic) {
    var resourceId = Home.resourceId("db-");
    var random = new Random(resourceId.hashCode());
    return DBInstance.builder()
        .dbInstanceIdentifier(id)
        .dbiResourceId(resourceId)
        .dbInstanceArn(home.arn("db", id))
        .dbInstanceStatus(Status.CREATING)
        .engine(version.engine().title())
        .licenseModel(version.engine().license())
        .availabilityZone(home.zones().get(random.nextInt(home.zones().size())))
        .backupRetentionPeriod(1)
        .preferredBackupWindow(Windows.anyBackup(random))
        .preferredMaintenanceWindow(Windows.anyMaintenance(random))
        .multiAZ(false)
        .storageEncrypted(false)
        .dedicatedLogVolume(false)
        .autoMinorVersionUpgrade(true)
        .publiclyAccessible(isPublic)
        .dbInstancePort(0)
        .caCertificateIdentifier(authority.name())
        .certificateDetails(Certification.from(clock.instant()))
        .copyTagsToSnapshot(false)
        .monitoringInterval(0)
        .performanceInsightsEnabled(false)
        .deletionProtection(false)
        .engineLifecycleSupport("open-source-rds-extended-support")
        .networkType("IPV4");
  }
}
