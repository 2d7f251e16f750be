package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.record.ParameterValue;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.CopyDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.Tag;

/// DB parameter groups, which are those of instances.
final class InstanceParameterGroups {

  private final Catalog catalog;
  private final Home home;
  private final GroupRules rules;

  InstanceParameterGroups(Catalog catalog, Home home, GroupRules rules) {
    this.catalog = catalog;
    this.home = home;
    this.rules = rules;
  }

  /// The default one of a family, if it is not there.
  void makeDefault(String family) {
    var name = "default." + family;
    if (catalog.instanceParameterGroups.find(name).isEmpty()) {
      catalog.instanceParameterGroups.put(
          new InstanceParameterGroup(
              settings(name, family, "Default parameter group for " + family),
              List.of(),
              Map.of()));
    }
  }

  DBParameterGroup create(CreateDbParameterGroupRequest request) {
    var name = GroupRules.name("DBParameterGroupName", request.dbParameterGroupName());
    var family = rules.family(request.dbParameterGroupFamily());
    var description = Rules.required("Description", request.description());
    Rules.tags(request.tags());
    return catalog.changing(
        () -> add(settings(name, family, description), request.tags(), Map.of()));
  }

  private DBParameterGroup add(
      DBParameterGroup group, List<Tag> tags, Map<String, ParameterValue> values) {
    var name = group.dbParameterGroupName();
    if (catalog.instanceParameterGroups.find(name).isPresent()) {
      throw GroupRules.exists(name);
    }
    catalog.instanceParameterGroups.put(new InstanceParameterGroup(group, tags, values));
    return group;
  }

  DBParameterGroup copy(CopyDbParameterGroupRequest request) {
    var name =
        GroupRules.name(
            "TargetDBParameterGroupIdentifier", request.targetDBParameterGroupIdentifier());
    var description =
        Rules.required(
            "TargetDBParameterGroupDescription", request.targetDBParameterGroupDescription());
    var source =
        Rules.required(
            "SourceDBParameterGroupIdentifier", request.sourceDBParameterGroupIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var from = find(home.name("pg", source));
      var group = settings(name, from.settings().dbParameterGroupFamily(), description);
      return add(group, request.tags(), from.values());
    });
  }

  DescribeDbParameterGroupsResponse describe(DescribeDbParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var groups =
        request.dbParameterGroupName() == null
            ? catalog.instanceParameterGroups.all()
            : List.of(find(request.dbParameterGroupName()));
    var page =
        Page.of(
            groups.stream().map(InstanceParameterGroup::settings).toList(),
            DBParameterGroup::dbParameterGroupName,
            request.marker(),
            request.maxRecords());
    return DescribeDbParameterGroupsResponse.builder()
        .dbParameterGroups(page.items())
        .marker(page.marker())
        .build();
  }

  void delete(String name) {
    catalog.changing(() -> {
      var group = find(name).settings().dbParameterGroupName();
      GroupRules.refuseDefault(group, "deleted");
      catalog.instances.all().stream()
          .filter(each ->
              each.settings().dbParameterGroups().stream()
                  .anyMatch(used -> group.equals(used.dbParameterGroupName())))
          .findFirst()
          .ifPresent(each -> GroupRules.refuseUsed(group, each.id()));
      catalog.instanceParameterGroups.remove(group);
    });
  }

  /// The group of that name, for what runs this engine version.
  String named(String name, EngineVersion version) {
    var group = find(name).settings();
    GroupRules.requireSameFamily(name, group.dbParameterGroupFamily(), version);
    return group.dbParameterGroupName();
  }

  InstanceParameterGroup find(String name) {
    return catalog
        .instanceParameterGroups
        .find(name.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () -> RdsFault.PARAMETER_GROUP_NOT_FOUND.with("DBParameterGroup not found: %s", name));
  }

  private DBParameterGroup settings(String name, String family, String description) {
    return DBParameterGroup.builder()
        .dbParameterGroupName(name)
        .dbParameterGroupFamily(family)
        .description(description)
        .dbParameterGroupArn(home.arn("pg", name))
        .build();
  }
}
