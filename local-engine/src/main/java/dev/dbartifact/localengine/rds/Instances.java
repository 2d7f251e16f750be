package dev.dbartifact.localengine.rds;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;

/// The actions on instances. An instance is compute: while there is one, the cluster's server runs.
final class Instances {

  private static final Map<String, Function<Instance, String>> OWN_FILTERS =
      Map.of(
          "db-instance-id",
          Instance::id,
          "dbi-resource-id",
          Instance::resourceId,
          "domain",
          instance -> null,
          "engine",
          instance -> Versions.ENGINE);

  private static final Set<String> METADATA =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CACertificateIdentifier",
          "CopyTagsToSnapshot",
          "MonitoringInterval",
          "MonitoringRoleArn",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod",
          "PreferredMaintenanceWindow",
          "PromotionTier",
          "PubliclyAccessible");

  private final Catalog catalog;
  private final Home home;
  private final Clusters clusters;
  private final ParameterGroups parameterGroups;
  private final ClusterWork work;
  private final Descriptions descriptions;

  Instances(
      Catalog catalog,
      Home home,
      Clusters clusters,
      ParameterGroups parameterGroups,
      ClusterWork work,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.clusters = clusters;
    this.parameterGroups = parameterGroups;
    this.work = work;
    this.descriptions = descriptions;
  }

  DBInstance create(CreateDbInstanceRequest request) {
    var id = Rules.identifier("DBInstanceIdentifier", request.dbInstanceIdentifier());
    Rules.instanceClass(request.dbInstanceClass());
    Versions.requireEngine(request.engine());
    if (request.dbClusterIdentifier() == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The engine %s needs a DBClusterIdentifier.", Versions.ENGINE);
    }
    check(request.preferredMaintenanceWindow(), request.promotionTier());
    zone(request.availabilityZone());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      if (catalog.instance(id).isPresent()) {
        throw RdsFault.INSTANCE_ALREADY_EXISTS.with("DB instance already exists");
      }
      var cluster = clusters.find(request.dbClusterIdentifier());
      requireTakesInstance(cluster, request);
      var instance = new Instance(cluster.storage(), settings(id, request, cluster));
      work.start(instance);
      catalog.instances.put(instance);
      return descriptions.of(instance);
    });
  }

  private static void check(String maintenanceWindow, Integer promotionTier) {
    Rules.maintenanceWindow(maintenanceWindow);
    if (promotionTier != null && (promotionTier < 0 || promotionTier > 15)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid promotion tier: %d. Must be between 0 and 15.", promotionTier);
    }
  }

  private void zone(String zone) {
    if (zone != null && !home.zones().contains(zone)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid Availability Zone: %s. %s has %s.",
          zone, home.region(), String.join(", ", home.zones()));
    }
  }

  private void requireTakesInstance(Cluster cluster, CreateDbInstanceRequest request) {
    if (!cluster.is(Status.AVAILABLE) && !cluster.is(Status.CREATING)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster %s is not in available state: it is %s.", cluster.id(), cluster.status());
    }
    if (catalog.instancesOf(cluster).stream().anyMatch(each -> !each.is(Status.DELETING))) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "DB cluster %s has its writer already, and the local engine has no readers.",
          cluster.id());
    }
    var of = cluster.settings();
    if (request.dbInstanceClass().equals("db.serverless")
        && of.serverlessV2ScalingConfiguration() == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a"
              + " Serverless v2 DB instance.");
    }
    if (request.dbSubnetGroupName() != null
        && !request.dbSubnetGroupName().equalsIgnoreCase(of.dbSubnetGroup())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The DB subnet group of a DB instance is that of its cluster, %s.", of.dbSubnetGroup());
    }
    if (request.engineVersion() != null
        && Versions.major(of.engineVersion()) != major(request.engineVersion())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The engine version %s is not that of the cluster, %s.",
          request.engineVersion(), of.engineVersion());
    }
  }

  private static int major(String version) {
    return version.matches("[0-9]{1,3}(\\..*)?") ? Versions.major(version) : -1;
  }

  private DBInstance settings(String id, CreateDbInstanceRequest request, Cluster cluster) {
    var resourceId = Home.resourceId("db-");
    var random = new Random(resourceId.hashCode());
    var group =
        parameterGroups.forInstance(
            request.dbParameterGroupName(), cluster.settings().engineVersion());
    var zone =
        Optional.ofNullable(request.availabilityZone())
            .orElseGet(() -> home.zones().get(random.nextInt(home.zones().size())));
    var builder =
        DBInstance.builder()
            .dbInstanceIdentifier(id)
            .dbiResourceId(resourceId)
            .dbInstanceArn(home.arn("db", id))
            .dbInstanceStatus(Status.CREATING)
            .dbInstanceClass(request.dbInstanceClass())
            .allocatedStorage(1)
            .storageType("aurora")
            .availabilityZone(zone)
            .dbParameterGroups(group(group, "in-sync"))
            .preferredMaintenanceWindow(NewClusters.maintenanceWindow(random))
            .multiAZ(false)
            .autoMinorVersionUpgrade(true)
            .licenseModel("postgresql-license")
            .publiclyAccessible(false)
            .dbInstancePort(0)
            .caCertificateIdentifier("rds-ca-rsa2048-g1")
            .copyTagsToSnapshot(false)
            .monitoringInterval(0)
            .promotionTier(1)
            .performanceInsightsEnabled(false)
            .deletionProtection(false)
            .networkType("IPV4")
            .tagList(Tags.merged(List.of(), request.tags()));
    Fields.copy(request, builder, METADATA);
    if (request.enablePerformanceInsights() != null) {
      builder.performanceInsightsEnabled(request.enablePerformanceInsights());
    }
    return builder.build();
  }

  private static DBParameterGroupStatus group(String name, String status) {
    return DBParameterGroupStatus.builder()
        .dbParameterGroupName(name)
        .parameterApplyStatus(status)
        .build();
  }

  DescribeDbInstancesResponse describe(DescribeDbInstancesRequest request) {
    var found =
        request.dbInstanceIdentifier() == null
            ? catalog.instances.all()
            : List.of(find(request.dbInstanceIdentifier()));
    var shown =
        Filters.apply(named(request), filters(), found).stream()
            .sorted(Comparator.comparing(Instance::id))
            .toList();
    var page = Page.of(shown, Instance::id, request.marker(), request.maxRecords());
    return DescribeDbInstancesResponse.builder()
        .dbInstances(page.items().stream().map(descriptions::of).toList())
        .marker(page.marker())
        .build();
  }

  private Map<String, Function<Instance, String>> filters() {
    var filters = new java.util.HashMap<>(OWN_FILTERS);
    filters.put(
        "db-cluster-id",
        instance -> catalog.clusters.find(instance.storage()).map(Cluster::id).orElse(null));
    return filters;
  }

  /// The filters `db-cluster-id` and `db-instance-id` take ARNs too.
  private List<software.amazon.awssdk.services.rds.model.Filter> named(
      DescribeDbInstancesRequest request) {
    return request.filters().stream()
        .map(filter ->
            filter.copy(to ->
                to.values(
                    filter.values().stream()
                        .map(value -> home.name("cluster", home.name("db", value)))
                        .toList())))
        .toList();
  }

  DBInstance modify(ModifyDbInstanceRequest request) {
    check(request.preferredMaintenanceWindow(), request.promotionTier());
    if (request.dbInstanceClass() != null) {
      Rules.instanceClass(request.dbInstanceClass());
    }
    return catalog.changing(() -> {
      var instance = find(request.dbInstanceIdentifier());
      if (!instance.is(Status.AVAILABLE)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Database instance is not in available state: %s is %s.",
            instance.id(), instance.settings().dbInstanceStatus());
      }
      var modified = new Instance(instance.storage(), modified(instance, request));
      if (!modified.id().equals(instance.id()) && catalog.instance(modified.id()).isPresent()) {
        throw RdsFault.INSTANCE_ALREADY_EXISTS.with("DB instance already exists");
      }
      catalog.instances.put(modified);
      return descriptions.of(modified);
    });
  }

  private DBInstance modified(Instance instance, ModifyDbInstanceRequest request) {
    var settings = instance.settings();
    var builder = settings.toBuilder();
    Fields.copy(request, builder, METADATA);
    if (request.enablePerformanceInsights() != null) {
      builder.performanceInsightsEnabled(request.enablePerformanceInsights());
    }
    if (request.dbParameterGroupName() != null) {
      changeGroup(instance, request.dbParameterGroupName(), builder);
    }
    var waiting = waiting(settings, request);
    if (Boolean.TRUE.equals(request.applyImmediately())) {
      apply(waiting, builder);
    } else {
      builder.pendingModifiedValues(waiting);
    }
    return builder.build();
  }

  /// The group switches at once; its values count from the next reboot on, as on AWS.
  private void changeGroup(Instance instance, String wanted, DBInstance.Builder builder) {
    var version =
        catalog.clusters.find(instance.storage()).orElseThrow().settings().engineVersion();
    var name = parameterGroups.forInstance(wanted, version);
    var current = instance.settings().dbParameterGroups();
    if (current.stream().noneMatch(group -> group.dbParameterGroupName().equals(name))) {
      builder.dbParameterGroups(group(name, "pending-reboot"));
    }
  }

  private static PendingModifiedValues waiting(
      DBInstance settings, ModifyDbInstanceRequest request) {
    var pending =
        Optional.ofNullable(settings.pendingModifiedValues())
            .map(PendingModifiedValues::toBuilder)
            .orElseGet(PendingModifiedValues::builder);
    var wanted = request.dbInstanceClass();
    if (wanted != null) {
      pending.dbInstanceClass(wanted.equals(settings.dbInstanceClass()) ? null : wanted);
    }
    if (request.newDBInstanceIdentifier() != null) {
      var id = Rules.identifier("NewDBInstanceIdentifier", request.newDBInstanceIdentifier());
      pending.dbInstanceIdentifier(id.equals(settings.dbInstanceIdentifier()) ? null : id);
    }
    var built = pending.build();
    return built.equals(PendingModifiedValues.builder().build()) ? null : built;
  }

  private void apply(PendingModifiedValues waiting, DBInstance.Builder builder) {
    builder.pendingModifiedValues((PendingModifiedValues) null);
    if (waiting != null && waiting.dbInstanceClass() != null) {
      builder.dbInstanceClass(waiting.dbInstanceClass());
    }
    if (waiting != null && waiting.dbInstanceIdentifier() != null) {
      builder
          .dbInstanceIdentifier(waiting.dbInstanceIdentifier())
          .dbInstanceArn(home.arn("db", waiting.dbInstanceIdentifier()));
    }
  }

  DBInstance reboot(RebootDbInstanceRequest request) {
    return catalog.changing(() -> {
      var instance = find(request.dbInstanceIdentifier());
      if (!instance.is(Status.AVAILABLE)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Instance %s cannot be rebooted: it is %s.",
            instance.id(), instance.settings().dbInstanceStatus());
      }
      var rebooting = instance.with(builder -> builder.dbInstanceStatus(Status.REBOOTING));
      catalog.instances.put(rebooting);
      work.restart(rebooting);
      return descriptions.of(rebooting);
    });
  }

  DBInstance delete(DeleteDbInstanceRequest request) {
    if (request.finalDBSnapshotIdentifier() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance.");
    }
    return catalog.changing(() -> {
      var instance = find(request.dbInstanceIdentifier());
      if (instance.is(Status.DELETING)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Instance %s is already being deleted.", instance.id());
      }
      var deleting = instance.with(builder -> builder.dbInstanceStatus(Status.DELETING));
      catalog.instances.put(deleting);
      work.remove(deleting);
      return descriptions.of(deleting);
    });
  }

  /// By name or ARN.
  Instance find(String idOrArn) {
    var given = Rules.required("DBInstanceIdentifier", idOrArn);
    var id = home.name("db", given).toLowerCase(Locale.ROOT);
    return catalog
        .instance(id)
        .orElseThrow(() -> RdsFault.INSTANCE_NOT_FOUND.with("DBInstance %s not found.", given));
  }
}
