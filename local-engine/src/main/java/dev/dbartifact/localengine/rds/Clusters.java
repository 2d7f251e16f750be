package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DeleteDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;

/// The actions on clusters. A cluster is storage: it is there when its volume is.
final class Clusters {

  private static final Map<String, Function<Cluster, String>> FILTERS =
      Map.of(
          "clone-group-id", cluster -> cluster.settings().cloneGroupId(),
          "db-cluster-id", Cluster::id,
          "db-cluster-resource-id", cluster -> cluster.settings().dbClusterResourceId(),
          "domain", cluster -> null,
          "engine", cluster -> cluster.settings().engine());

  private static final Set<String> CHANGED_AT_ONCE =
      Set.of(
          "AutoMinorVersionUpgrade",
          "CopyTagsToSnapshot",
          "DeletionProtection",
          "PreferredBackupWindow",
          "PreferredMaintenanceWindow");

  private final Catalog catalog;
  private final Home home;
  private final NewClusters newClusters;
  private final ParameterGroups parameterGroups;
  private final Versions versions;
  private final ClusterWork work;
  private final Descriptions descriptions;

  Clusters(
      Catalog catalog,
      Home home,
      NewClusters newClusters,
      ParameterGroups parameterGroups,
      Versions versions,
      ClusterWork work,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.newClusters = newClusters;
    this.parameterGroups = parameterGroups;
    this.versions = versions;
    this.work = work;
    this.descriptions = descriptions;
  }

  DBCluster create(CreateDbClusterRequest request) {
    var settings = newClusters.created(request);
    var database =
        new NewDatabase(
            settings.engineVersion(),
            settings.masterUsername(),
            new Secret(request.masterUserPassword()),
            Optional.ofNullable(settings.databaseName()).filter(name -> !name.equals("postgres")));
    return catalog.changing(() -> {
      requireNew(settings.dbClusterIdentifier());
      var cluster = placed(settings, null, null);
      work.make(cluster, database);
      catalog.clusters.put(cluster);
      return descriptions.of(cluster);
    });
  }

  DBCluster restore(RestoreDbClusterToPointInTimeRequest request) {
    var kind = cloneKind(request);
    requireLatest(request, kind);
    return catalog.changing(() -> {
      var source = source(request);
      requireRestorable(source);
      var settings = newClusters.restored(request, source.settings());
      requireNew(settings.dbClusterIdentifier());
      var group =
          Optional.ofNullable(source.settings().cloneGroupId())
              .orElseGet(() -> UUID.randomUUID().toString());
      var cluster =
          placed(settings, source.storage(), kind).with(builder -> builder.cloneGroupId(group));
      work.copy(cluster);
      if (source.settings().cloneGroupId() == null) {
        catalog.clusters.put(source.with(builder -> builder.cloneGroupId(group)));
      }
      catalog.clusters.put(cluster);
      return descriptions.of(cluster);
    });
  }

  private static CloneKind cloneKind(RestoreDbClusterToPointInTimeRequest request) {
    return switch (request.restoreType()) {
      case null -> CloneKind.FULL_COPY;
      case "full-copy" -> CloneKind.FULL_COPY;
      case "copy-on-write" -> CloneKind.COPY_ON_WRITE;
      default ->
          throw RdsFault.INVALID_PARAMETER_VALUE.with(
              "Invalid value '%s' for RestoreType. Must be one of full-copy, copy-on-write.",
              request.restoreType());
    };
  }

  private static void requireLatest(RestoreDbClusterToPointInTimeRequest request, CloneKind kind) {
    if (request.restoreToTime() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          Boolean.TRUE.equals(request.useLatestRestorableTime())
              ? "RestoreToTime and UseLatestRestorableTime cannot both be given."
              : kind == CloneKind.COPY_ON_WRITE
                  ? "RestoreToTime cannot be given when RestoreType is copy-on-write."
                  : "RestoreToTime is not supported: the local engine keeps no logs to replay. Use"
                      + " UseLatestRestorableTime.");
    }
    if (!Boolean.TRUE.equals(request.useLatestRestorableTime())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Either RestoreToTime or UseLatestRestorableTime must be given.");
    }
  }

  private Cluster source(RestoreDbClusterToPointInTimeRequest request) {
    var resourceId = request.sourceDbClusterResourceId();
    if ((request.sourceDBClusterIdentifier() == null) == (resourceId == null)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Exactly one of SourceDBClusterIdentifier and SourceDbClusterResourceId must be given.");
    }
    return resourceId == null
        ? find(request.sourceDBClusterIdentifier())
        : catalog.clusters.all().stream()
            .filter(cluster -> resourceId.equals(cluster.settings().dbClusterResourceId()))
            .findFirst()
            .orElseThrow(() -> notFound(resourceId));
  }

  private void requireRestorable(Cluster source) {
    if (!source.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "The source DB cluster %s is in state %s; it must be available.",
          source.id(), source.status());
    }
    if (catalog.instancesOf(source).stream().allMatch(each -> each.is(Status.DELETING))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "The source DB cluster %s has no DB instances; it needs at least one.", source.id());
    }
  }

  private void requireNew(String id) {
    if (catalog.cluster(id).isPresent()) {
      throw RdsFault.CLUSTER_ALREADY_EXISTS.with("DB Cluster already exists");
    }
  }

  /// Gives the cluster a volume's name and an address of its own.
  private Cluster placed(DBCluster settings, String cloneOf, CloneKind kind) {
    var taken = catalog.clusters.all().stream().map(Cluster::address).collect(Collectors.toSet());
    var address = Addresses.choose(settings.dbClusterIdentifier(), settings.port(), taken);
    var reachable = settings.copy(builder -> builder.endpoint(address).readerEndpoint(address));
    var storage = settings.dbClusterResourceId().toLowerCase(Locale.ROOT);
    return new Cluster(storage, address, cloneOf, kind, reachable);
  }

  DescribeDbClustersResponse describe(DescribeDbClustersRequest request) {
    var found =
        request.dbClusterIdentifier() == null
            ? catalog.clusters.all()
            : List.of(find(request.dbClusterIdentifier()));
    var shown =
        Filters.apply(named(request), FILTERS, found).stream()
            .sorted(java.util.Comparator.comparing(Cluster::id))
            .toList();
    var page = Page.of(shown, Cluster::id, request.marker(), request.maxRecords());
    return DescribeDbClustersResponse.builder()
        .dbClusters(page.items().stream().map(descriptions::of).toList())
        .marker(page.marker())
        .build();
  }

  /// The filter `db-cluster-id` takes ARNs too.
  private List<software.amazon.awssdk.services.rds.model.Filter> named(
      DescribeDbClustersRequest request) {
    return request.filters().stream()
        .map(filter ->
            filter.copy(to ->
                to.values(
                    filter.values().stream().map(value -> home.name("cluster", value)).toList())))
        .toList();
  }

  DBCluster modify(ModifyDbClusterRequest request) {
    check(request);
    return catalog.changing(() -> {
      var cluster = find(request.dbClusterIdentifier());
      requireAvailable(cluster);
      var modified =
          new Cluster(
              cluster.storage(),
              cluster.address(),
              cluster.cloneOf(),
              cluster.cloneKind(),
              modified(cluster.settings(), request));
      requireNewNameFree(cluster, modified);
      if (!modified.settings().port().equals(cluster.settings().port())) {
        Addresses.requireFree(cluster.address(), modified.settings().port());
      }
      catalog.clusters.put(modified);
      followUp(cluster, modified, request);
      return descriptions.of(modified);
    });
  }

  private static void check(ModifyDbClusterRequest request) {
    Rules.retention(request.backupRetentionPeriod());
    Rules.backupWindow(request.preferredBackupWindow());
    Rules.maintenanceWindow(request.preferredMaintenanceWindow());
    Rules.port(request.port());
    Rules.oneOf("StorageType", request.storageType(), "aurora", "aurora-iopt1");
    if (request.masterUserPassword() != null) {
      Rules.password(request.masterUserPassword());
    }
  }

  private static void requireAvailable(Cluster cluster) {
    if (!cluster.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster %s is not in available state: it is %s.", cluster.id(), cluster.status());
    }
  }

  private void requireNewNameFree(Cluster cluster, Cluster modified) {
    if (!modified.id().equals(cluster.id())) {
      requireNew(modified.id());
    }
  }

  private DBCluster modified(DBCluster settings, ModifyDbClusterRequest request) {
    requireSameVersion(settings, request.engineVersion());
    var waiting = ClusterChanges.merge(settings, request);
    var changed =
        Boolean.TRUE.equals(request.applyImmediately())
            ? ClusterChanges.apply(settings, waiting, home)
            : settings.copy(to -> to.pendingModifiedValues(ClusterChanges.orNull(waiting)));
    var builder = changed.toBuilder();
    Fields.copy(request, builder, CHANGED_AT_ONCE);
    if (request.port() != null) {
      builder.port(request.port());
    }
    if (request.dbClusterParameterGroupName() != null) {
      builder.dbClusterParameterGroup(
          parameterGroups.forCluster(
              request.dbClusterParameterGroupName(), settings.engineVersion()));
    }
    if (!request.vpcSecurityGroupIds().isEmpty()) {
      builder.vpcSecurityGroups(NewClusters.securityGroups(request.vpcSecurityGroupIds()));
    }
    if (request.serverlessV2ScalingConfiguration() != null) {
      builder.serverlessV2ScalingConfiguration(
          NewClusters.scaling(request.serverlessV2ScalingConfiguration()));
    }
    if (request.masterUserPassword() != null) {
      builder.pendingModifiedValues(withPassword(changed.pendingModifiedValues()));
    }
    return builder.build();
  }

  private static ClusterPendingModifiedValues withPassword(ClusterPendingModifiedValues pending) {
    var builder = pending == null ? ClusterPendingModifiedValues.builder() : pending.toBuilder();
    return builder.masterUserPassword("****").build();
  }

  private void requireSameVersion(DBCluster settings, String wanted) {
    if (wanted != null && !versions.choose(wanted).equals(settings.engineVersion())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot upgrade %s from %s to %s: the local engine changes no versions.",
          settings.engine(), settings.engineVersion(), wanted);
    }
  }

  private void followUp(Cluster before, Cluster after, ModifyDbClusterRequest request) {
    if (request.masterUserPassword() != null) {
      work.changePassword(after, new Secret(request.masterUserPassword()));
    }
    if (!after.settings().port().equals(before.settings().port())) {
      for (var instance : catalog.instancesOf(after)) {
        if (!instance.is(Status.DELETING)) {
          var rebooting = instance.with(builder -> builder.dbInstanceStatus(Status.REBOOTING));
          catalog.instances.put(rebooting);
          work.restart(rebooting);
        }
      }
    }
  }

  DBCluster delete(DeleteDbClusterRequest request) {
    return catalog.changing(() -> {
      var cluster = find(request.dbClusterIdentifier());
      requireDeletable(cluster);
      requireNoSnapshot(request);
      var deleting = cluster.with(builder -> builder.status(Status.DELETING));
      catalog.clusters.put(deleting);
      work.remove(deleting);
      return descriptions.of(deleting);
    });
  }

  private void requireDeletable(Cluster cluster) {
    if (Boolean.TRUE.equals(cluster.settings().deletionProtection())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Cannot delete protected Cluster, please disable deletion protection and try again.");
    }
    if (cluster.is(Status.CREATING) || cluster.is(Status.DELETING)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cluster %s cannot be deleted: it is %s.", cluster.id(), cluster.status());
    }
    if (!catalog.instancesOf(cluster).stream().allMatch(each -> each.is(Status.DELETING))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cluster cannot be deleted, it still contains DB instances in non-deleting state.");
    }
  }

  private static void requireNoSnapshot(DeleteDbClusterRequest request) {
    var skip = Boolean.TRUE.equals(request.skipFinalSnapshot());
    if (skip && request.finalDBSnapshotIdentifier() != null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.");
    }
    if (!skip) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          request.finalDBSnapshotIdentifier() == null
              ? "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
              : "The local engine makes no final snapshots: SkipFinalSnapshot must be true.");
    }
  }

  /// By name or ARN.
  Cluster find(String idOrArn) {
    var given = Rules.required("DBClusterIdentifier", idOrArn);
    var id = home.name("cluster", given).toLowerCase(Locale.ROOT);
    return catalog.cluster(id).orElseThrow(() -> notFound(given));
  }

  private static RuntimeException notFound(String id) {
    return RdsFault.CLUSTER_NOT_FOUND.with("DBCluster %s not found.", id);
  }
}
