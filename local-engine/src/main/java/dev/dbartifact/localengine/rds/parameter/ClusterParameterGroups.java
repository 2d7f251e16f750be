package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ClusterParameterGroup;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
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

  private final Catalog catalog;
  private final Home home;
  private final GroupRules rules;

  ClusterParameterGroups(Catalog catalog, Home home, GroupRules rules) {
    this.catalog = catalog;
    this.home = home;
    this.rules = rules;
  }

  /// The default one of a family of Aurora, if it is not there.
  void makeDefault(String family) {
    var name = "default." + family;
    if (catalog.clusterParameterGroups.find(name).isEmpty()) {
      catalog.clusterParameterGroups.put(
          new ClusterParameterGroup(
              settings(name, family, "Default cluster parameter group for " + family),
              List.of(),
              Map.of()));
    }
  }

  DBClusterParameterGroup create(CreateDbClusterParameterGroupRequest request) {
    var name =
        GroupRules.name("DBClusterParameterGroupName", request.dbClusterParameterGroupName());
    var family = rules.family(request.dbParameterGroupFamily());
    var description = Rules.required("Description", request.description());
    Rules.tags(request.tags());
    return catalog.changing(
        () -> add(settings(name, family, description), request.tags(), Map.of()));
  }

  private DBClusterParameterGroup add(
      DBClusterParameterGroup group, List<Tag> tags, Map<String, ParameterValue> values) {
    var name = group.dbClusterParameterGroupName();
    if (catalog.clusterParameterGroups.find(name).isPresent()) {
      throw GroupRules.exists(name);
    }
    catalog.clusterParameterGroups.put(new ClusterParameterGroup(group, tags, values));
    return group;
  }

  DBClusterParameterGroup copy(CopyDbClusterParameterGroupRequest request) {
    var name =
        GroupRules.name(
            "TargetDBClusterParameterGroupIdentifier",
            request.targetDBClusterParameterGroupIdentifier());
    var description =
        Rules.required(
            "TargetDBClusterParameterGroupDescription",
            request.targetDBClusterParameterGroupDescription());
    var source =
        Rules.required(
            "SourceDBClusterParameterGroupIdentifier",
            request.sourceDBClusterParameterGroupIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var from = find(home.name("cluster-pg", source));
      var group = settings(name, from.settings().dbParameterGroupFamily(), description);
      return add(group, request.tags(), from.values());
    });
  }

  DescribeDbClusterParameterGroupsResponse describe(
      DescribeDbClusterParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var groups =
        request.dbClusterParameterGroupName() == null
            ? catalog.clusterParameterGroups.all()
            : List.of(find(request.dbClusterParameterGroupName()));
    var page =
        Page.of(
            groups.stream().map(ClusterParameterGroup::settings).toList(),
            DBClusterParameterGroup::dbClusterParameterGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeDbClusterParameterGroupsResponse.builder()
        .dbClusterParameterGroups(page.items())
        .marker(page.marker())
        .build();
  }

  void delete(String name) {
    catalog.changing(() -> {
      var group = find(name).settings().dbClusterParameterGroupName();
      GroupRules.refuseDefault(group, "deleted");
      catalog.clusters.all().stream()
          .filter(each -> group.equals(each.settings().dbClusterParameterGroup()))
          .findFirst()
          .ifPresent(each -> GroupRules.refuseUsed(group, each.id()));
      catalog.clusterParameterGroups.remove(group);
    });
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

  /// For the actions on groups themselves; those on clusters answer another code where a group is
  /// missing.
  ClusterParameterGroup find(String name) {
    return catalog
        .clusterParameterGroups
        .find(name.toLowerCase(Locale.ROOT))
        .orElseThrow(() ->
            RdsFault.PARAMETER_GROUP_NOT_FOUND.with("DBClusterParameterGroup not found: %s", name));
  }

  private DBClusterParameterGroup settings(String name, String family, String description) {
    return DBClusterParameterGroup.builder()
        .dbClusterParameterGroupName(name)
        .dbParameterGroupFamily(family)
        .description(description)
        .dbClusterParameterGroupArn(home.arn("cluster-pg", name))
        .build();
  }
}
