package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterParameterGroup;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.CopyDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/// DB cluster parameter groups.
final class ClusterParameterGroups {

  /// The kind of their ARNs; see `Home.arn`.
  private static final String ARN = "cluster-pg";

  private final Catalog catalog;
  private final Home home;
  private final StoredGroups<ClusterParameterGroup> groups;

  ClusterParameterGroups(Catalog catalog, Home home, GroupRules rules) {
    this.catalog = catalog;
    this.home = home;
    this.groups =
        new StoredGroups<>(
            catalog,
            catalog.clusterParameterGroups,
            home,
            rules,
            "DBClusterParameterGroup",
            ARN,
            this::group);
  }

  private ClusterParameterGroup group(
      String name,
      String family,
      String description,
      List<Tag> tags,
      Map<String, ParameterValue> values) {
    var settings =
        DBClusterParameterGroup.builder()
            .dbClusterParameterGroupName(name)
            .dbParameterGroupFamily(family)
            .description(description)
            .dbClusterParameterGroupArn(home.arn(ARN, name))
            .build();
    return new ClusterParameterGroup(settings, tags, values);
  }

  /// The default one of a family of Aurora, if it is not there.
  void makeDefault(String family) {
    groups.makeDefault(family, "Default cluster parameter group for " + family);
  }

  DBClusterParameterGroup create(CreateDbClusterParameterGroupRequest request) {
    return groups
        .create(
            request.dbClusterParameterGroupName(),
            request.dbParameterGroupFamily(),
            request.description(),
            request.tags())
        .settings();
  }

  DBClusterParameterGroup copy(CopyDbClusterParameterGroupRequest request) {
    return groups
        .copy(
            request.sourceDBClusterParameterGroupIdentifier(),
            request.targetDBClusterParameterGroupIdentifier(),
            request.targetDBClusterParameterGroupDescription(),
            request.tags())
        .settings();
  }

  DescribeDbClusterParameterGroupsResponse describe(
      DescribeDbClusterParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var page =
        Page.of(
            groups.named(request.dbClusterParameterGroupName()).stream()
                .map(ClusterParameterGroup::settings)
                .toList(),
            DBClusterParameterGroup::dbClusterParameterGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeDbClusterParameterGroupsResponse.builder()
        .dbClusterParameterGroups(page.items())
        .marker(page.marker())
        .build();
  }

  void delete(String name) {
    groups.delete(
        name,
        group ->
            catalog.clusters.all().stream()
                .filter(each -> isFor(each, group))
                .map(Cluster::id)
                .findFirst());
  }

  /// Also after an upgrade that waits or is under way.
  private static boolean isFor(Cluster cluster, String group) {
    return group.equals(cluster.settings().dbClusterParameterGroup())
        || cluster.upgrade() != null && group.equals(cluster.upgrade().clusterGroup());
  }

  /// The group of that name, for what runs this engine version.
  String named(String name, EngineVersion version) {
    var group =
        catalog
            .clusterParameterGroups
            .find(name.toLowerCase(Locale.ROOT))
            .orElseThrow(() ->
                RdsFault.CLUSTER_PARAMETER_GROUP_NOT_FOUND.with(
                    "DBClusterParameterGroup not found: %s", name))
            .settings();
    GroupRules.requireSameFamily(name, group.dbParameterGroupFamily(), version);
    return group.dbClusterParameterGroupName();
  }

  ClusterParameterGroup find(String name) {
    return groups.find(name);
  }
}
