package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.CopyDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/// DB parameter groups, which are those of instances.
final class InstanceParameterGroups {

  /// The kind of their ARNs; see `Home.arn`.
  private static final String ARN = "pg";

  private final Catalog catalog;
  private final Home home;
  private final StoredGroups<InstanceParameterGroup> groups;

  InstanceParameterGroups(Catalog catalog, Home home, GroupRules rules) {
    this.catalog = catalog;
    this.home = home;
    this.groups =
        new StoredGroups<>(
            catalog,
            catalog.instanceParameterGroups,
            home,
            rules,
            "DBParameterGroup",
            ARN,
            this::group);
  }

  private InstanceParameterGroup group(
      String name,
      String family,
      String description,
      List<Tag> tags,
      Map<String, ParameterValue> values) {
    var settings =
        DBParameterGroup.builder()
            .dbParameterGroupName(name)
            .dbParameterGroupFamily(family)
            .description(description)
            .dbParameterGroupArn(home.arn(ARN, name))
            .build();
    return new InstanceParameterGroup(settings, tags, values);
  }

  /// The default one of a family, if it is not there.
  void makeDefault(String family) {
    groups.makeDefault(family, "Default parameter group for " + family);
  }

  DBParameterGroup create(CreateDbParameterGroupRequest request) {
    return groups
        .create(
            request.dbParameterGroupName(),
            request.dbParameterGroupFamily(),
            request.description(),
            request.tags())
        .settings();
  }

  DBParameterGroup copy(CopyDbParameterGroupRequest request) {
    return groups
        .copy(
            request.sourceDBParameterGroupIdentifier(),
            request.targetDBParameterGroupIdentifier(),
            request.targetDBParameterGroupDescription(),
            request.tags())
        .settings();
  }

  DescribeDbParameterGroupsResponse describe(DescribeDbParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var page =
        Page.of(
            groups.named(request.dbParameterGroupName()).stream()
                .map(InstanceParameterGroup::settings)
                .toList(),
            DBParameterGroup::dbParameterGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeDbParameterGroupsResponse.builder()
        .dbParameterGroups(page.items())
        .marker(page.marker())
        .build();
  }

  void delete(String name) {
    groups.delete(
        name,
        group ->
            catalog.instances.all().stream()
                .filter(each ->
                    each.settings().dbParameterGroups().stream()
                        .anyMatch(used -> group.equals(used.dbParameterGroupName())))
                .map(Instance::id)
                .findFirst()
                .or(() -> upgrading(group)));
  }

  /// What is to have the group after an upgrade that waits or is under way.
  private Optional<String> upgrading(String group) {
    return catalog.clusters.all().stream()
        .filter(each -> each.upgrade() != null && group.equals(each.upgrade().instanceGroup()))
        .map(Cluster::id)
        .findFirst();
  }

  /// The group of that name, for what runs this engine version.
  String named(String name, EngineVersion version) {
    var group = find(name).settings();
    GroupRules.requireSameFamily(name, group.dbParameterGroupFamily(), version);
    return group.dbParameterGroupName();
  }

  InstanceParameterGroup find(String name) {
    return groups.find(name);
  }
}
