package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.compute.DefaultAuthority;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.OfferedClasses;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.record.ApplyStatus;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
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
import java.util.Random;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What an instance is when it is new: what the request says, and the defaults of RDS for the rest.
public final class NewInstances {

  /// What a request says and an instance shows, and what a later request changes at once.
  static final Set<String> METADATA =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CopyTagsToSnapshot",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PreferredMaintenanceWindow",
          "PromotionTier",
          "PubliclyAccessible");

  /// See "Quotas in Amazon Aurora" in the Aurora User Guide.
  private static final int MOST_READERS = 15;

  private final Catalog catalog;
  private final Home home;
  private final ParameterGroups parameterGroups;
  private final DefaultAuthority authority;
  private final Clock clock;

  public NewInstances(
      Catalog catalog,
      Home home,
      ParameterGroups parameterGroups,
      DefaultAuthority authority,
      Clock clock) {
    this.catalog = catalog;
    this.home = home;
    this.parameterGroups = parameterGroups;
    this.authority = authority;
    this.clock = clock;
  }

  /// What can be known of a request without its cluster.
  void check(CreateDbInstanceRequest request) {
    var engine = Engine.of(request.engine());
    if (request.dbClusterIdentifier() == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The engine %s needs a DBClusterIdentifier.", engine.title());
    }
    OfferedClasses.require(engine, request.dbInstanceClass());
    ClusterOnly.refuse(request);
    check(request.preferredMaintenanceWindow(), request.promotionTier());
    home.requireZone(request.availabilityZone());
    InstanceRules.monitoring(request.monitoringInterval(), request.monitoringRoleArn());
    InstanceRules.insightsRetention(request.performanceInsightsRetentionPeriod());
    Certification.require(request.caCertificateIdentifier());
    Rules.tags(request.tags());
  }

  static void check(String maintenanceWindow, Integer promotionTier) {
    Rules.maintenanceWindow(maintenanceWindow);
    Windows.check(null, maintenanceWindow);
    if (promotionTier != null && (promotionTier < 0 || promotionTier > 15)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid promotion tier: %d. Must be between 0 and 15.", promotionTier);
    }
  }

  /// Comes first: what else such a request says is for an engine that the cluster does not have.
  static void requireEngine(Cluster cluster, CreateDbInstanceRequest request) {
    var wanted = Engine.of(request.engine()).title();
    var has = cluster.settings().engine();
    if (!wanted.equals(has)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The engine name requested for your DB instance (%s) doesn't match the engine name of your"
              + " DB cluster (%s).",
          wanted, has);
    }
  }

  void requireTakesInstance(Cluster cluster, CreateDbInstanceRequest request) {
    if (!cluster.is(Status.AVAILABLE) && !cluster.is(Status.CREATING)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster %s is not in available state: it is %s.", cluster.id(), cluster.status());
    }
    var others =
        catalog.instancesOf(cluster).stream().filter(each -> !each.is(Status.DELETING)).count();
    if (others > MOST_READERS) {
      throw RdsFault.INSTANCE_QUOTA_EXCEEDED.with(
          "DB cluster %s has %d Aurora Replicas, and can have no more.",
          cluster.id(), MOST_READERS);
    }
    var of = cluster.settings();
    var engine = Engine.of(of.engine());
    if (request.dbInstanceClass().equals("db.serverless")
        && of.serverlessV2ScalingConfiguration() == null) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a"
              + " Serverless v2 DB instance.");
    }
    if (request.dbSubnetGroupName() != null
        && !request.dbSubnetGroupName().equalsIgnoreCase(of.dbSubnetGroup())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The requested DB instance will be a member of a DB cluster: its DBSubnetGroupName can"
              + " only be that of the cluster, %s.",
          of.dbSubnetGroup());
    }
    if (request.engineVersion() != null
        && !EngineVersion.of(of).major().equals(engine.major(request.engineVersion()))) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The engine version %s is not that of the cluster, %s.",
          request.engineVersion(), of.engineVersion());
    }
  }

  DBInstance settings(String id, CreateDbInstanceRequest request, Cluster cluster) {
    var group =
        parameterGroups.forInstance(
            request.dbParameterGroupName(), EngineVersion.of(cluster.settings()));
    var builder =
        defaults(id, Engine.of(cluster.settings().engine()))
            .dbInstanceClass(request.dbInstanceClass())
            .dbParameterGroups(Instance.group(group, ApplyStatus.IN_SYNC))
            .tagList(Tags.merged(List.of(), request.tags()));
    Fields.copy(request, builder, METADATA);
    if (request.caCertificateIdentifier() != null) {
      builder.caCertificateIdentifier(request.caCertificateIdentifier());
    }
    if (request.availabilityZone() != null) {
      builder.availabilityZone(request.availabilityZone());
    }
    if (request.preferredMaintenanceWindow() != null) {
      builder.preferredMaintenanceWindow(Windows.kept(request.preferredMaintenanceWindow()));
    }
    Insights.asked(request).describe(builder, home);
    return builder.build();
  }

  private DBInstance.Builder defaults(String id, Engine engine) {
    var resourceId = Home.resourceId("db-");
    var random = new Random(resourceId.hashCode());
    return DBInstance.builder()
        .dbInstanceIdentifier(id)
        .dbiResourceId(resourceId)
        .dbInstanceArn(home.arn("db", id))
        .dbInstanceStatus(Status.CREATING)
        .allocatedStorage(1)
        .storageType("aurora")
        .availabilityZone(home.zones().get(random.nextInt(home.zones().size())))
        .preferredMaintenanceWindow(Windows.anyMaintenance(random))
        .multiAZ(false)
        .autoMinorVersionUpgrade(true)
        .engine(engine.title())
        .licenseModel(engine.license())
        .publiclyAccessible(false)
        .dbInstancePort(0)
        .caCertificateIdentifier(authority.name())
        .certificateDetails(Certification.from(clock.instant()))
        .copyTagsToSnapshot(false)
        .monitoringInterval(0)
        .promotionTier(1)
        .performanceInsightsEnabled(false)
        .deletionProtection(false)
        .networkType("IPV4");
  }
}
