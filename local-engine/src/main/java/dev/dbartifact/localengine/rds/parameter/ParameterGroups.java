package dev.dbartifact.localengine.rds.parameter;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ClusterParameterGroup;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.CopyDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CopyDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbClusterParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.CreateDbParameterGroupRequest;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterParameterGroupsResponse;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbParameterGroupsResponse;

/// DB cluster and DB parameter groups; what they hold is the affair of [ParameterChanges].
public final class ParameterGroups {

  private static final String FORM = "[a-zA-Z](-?[a-zA-Z0-9])*";

  private final Catalog catalog;
  private final Home home;
  private final Versions versions;

  public ParameterGroups(Catalog catalog, Home home, Versions versions) {
    this.catalog = catalog;
    this.home = home;
    this.versions = versions;
  }

  /// The `default.*` groups of the installed families are always there.
  public void makeDefaults() {
    catalog.changing(() -> {
      for (var family : versions.families()) {
        var name = "default." + family;
        if (Engine.ofFamily(family).isAurora()
            && catalog.clusterParameterGroups.find(name).isEmpty()) {
          catalog.clusterParameterGroups.put(
              new ClusterParameterGroup(
                  ofCluster(name, family, "Default cluster parameter group for " + family),
                  List.of(),
                  Map.of()));
        }
        if (catalog.instanceParameterGroups.find(name).isEmpty()) {
          catalog.instanceParameterGroups.put(
              new InstanceParameterGroup(
                  ofInstance(name, family, "Default parameter group for " + family),
                  List.of(),
                  Map.of()));
        }
      }
    });
  }

  DBClusterParameterGroup create(CreateDbClusterParameterGroupRequest request) {
    var name =
        Rules.groupName("DBClusterParameterGroupName", request.dbClusterParameterGroupName(), FORM);
    var family = family(request.dbParameterGroupFamily());
    var description = Rules.required("Description", request.description());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      if (catalog.clusterParameterGroups.find(name).isPresent()) {
        throw exists(name);
      }
      var group = ofCluster(name, family, description);
      catalog.clusterParameterGroups.put(
          new ClusterParameterGroup(group, request.tags(), Map.of()));
      return group;
    });
  }

  DBParameterGroup create(CreateDbParameterGroupRequest request) {
    var name = Rules.groupName("DBParameterGroupName", request.dbParameterGroupName(), FORM);
    var family = family(request.dbParameterGroupFamily());
    var description = Rules.required("Description", request.description());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      if (catalog.instanceParameterGroups.find(name).isPresent()) {
        throw exists(name);
      }
      var group = ofInstance(name, family, description);
      catalog.instanceParameterGroups.put(
          new InstanceParameterGroup(group, request.tags(), Map.of()));
      return group;
    });
  }

  /// Whatever letters are capital: the example of `create-db-parameter-group` in the AWS CLI
  /// Command Reference asks for `MySQL5.6`, and gets `mysql5.6`.
  private String family(String asked) {
    var family = Rules.required("DBParameterGroupFamily", asked).toLowerCase(Locale.ROOT);
    requireFamily(family);
    return family;
  }

  void requireFamily(String family) {
    if (!versions.isFamily(Rules.required("DBParameterGroupFamily", family))) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "ParameterGroupFamily %s is not a valid parameter group family", family);
    }
  }

  private static RuntimeException exists(String name) {
    return RdsFault.PARAMETER_GROUP_ALREADY_EXISTS.with("Parameter group %s already exists", name);
  }

  DescribeDbClusterParameterGroupsResponse describe(
      DescribeDbClusterParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var groups =
        request.dbClusterParameterGroupName() == null
            ? catalog.clusterParameterGroups.all()
            : List.of(cluster(request.dbClusterParameterGroupName()));
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

  DescribeDbParameterGroupsResponse describe(DescribeDbParameterGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var groups =
        request.dbParameterGroupName() == null
            ? catalog.instanceParameterGroups.all()
            : List.of(instance(request.dbParameterGroupName()));
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

  void deleteOfClusters(String name) {
    catalog.changing(() -> {
      var group = cluster(name).settings().dbClusterParameterGroupName();
      refuseDefault(group, "deleted");
      catalog.clusters.all().stream()
          .filter(each -> group.equals(each.settings().dbClusterParameterGroup()))
          .findFirst()
          .ifPresent(each -> refuseUsed(group, each.id()));
      catalog.clusterParameterGroups.remove(group);
    });
  }

  void deleteOfInstances(String name) {
    catalog.changing(() -> {
      var group = instance(name).settings().dbParameterGroupName();
      refuseDefault(group, "deleted");
      catalog.instances.all().stream()
          .filter(each ->
              each.settings().dbParameterGroups().stream()
                  .anyMatch(used -> group.equals(used.dbParameterGroupName())))
          .findFirst()
          .ifPresent(each -> refuseUsed(group, each.id()));
      catalog.instanceParameterGroups.remove(group);
    });
  }

  static void refuseDefault(String group, String how) {
    if (group.startsWith("default.")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s is a default parameter group and cannot be %s", group, how);
    }
  }

  private static void refuseUsed(String group, String user) {
    throw RdsFault.INVALID_PARAMETER_GROUP_STATE.with(
        "One or more database instances are still members of this parameter group %s, so the group"
            + " cannot be deleted (%s)",
        group, user);
  }

  /// The group for a cluster of this engine version; the default one where none is named.
  public String forCluster(String name, EngineVersion version) {
    if (name == null) {
      return "default." + version.family();
    }
    var group =
        catalog
            .clusterParameterGroups
            .find(name.toLowerCase(Locale.ROOT))
            .orElseThrow(() ->
                RdsFault.CLUSTER_PARAMETER_GROUP_NOT_FOUND.with(
                    "DBClusterParameterGroup not found: %s", name))
            .settings();
    requireSameFamily(name, group.dbParameterGroupFamily(), version);
    return group.dbClusterParameterGroupName();
  }

  /// The group for an instance of this engine version; the default one where none is named.
  public String forInstance(String name, EngineVersion version) {
    if (name == null) {
      return "default." + version.family();
    }
    var group = instance(name).settings();
    requireSameFamily(name, group.dbParameterGroupFamily(), version);
    return group.dbParameterGroupName();
  }

  private static void requireSameFamily(String name, String family, EngineVersion version) {
    if (!family.equals(version.family())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The Parameter Group %s with DBParameterGroupFamily %s cannot be used for this instance."
              + " Please use a Parameter Group with DBParameterGroupFamily %s",
          name, family, version.family());
    }
  }

  DBClusterParameterGroup copy(CopyDbClusterParameterGroupRequest request) {
    var name =
        Rules.groupName(
            "TargetDBClusterParameterGroupIdentifier",
            request.targetDBClusterParameterGroupIdentifier(),
            FORM);
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
      var from = cluster(home.name("cluster-pg", source));
      if (catalog.clusterParameterGroups.find(name).isPresent()) {
        throw exists(name);
      }
      var group = ofCluster(name, from.settings().dbParameterGroupFamily(), description);
      catalog.clusterParameterGroups.put(
          new ClusterParameterGroup(group, request.tags(), from.values()));
      return group;
    });
  }

  DBParameterGroup copy(CopyDbParameterGroupRequest request) {
    var name =
        Rules.groupName(
            "TargetDBParameterGroupIdentifier", request.targetDBParameterGroupIdentifier(), FORM);
    var description =
        Rules.required(
            "TargetDBParameterGroupDescription", request.targetDBParameterGroupDescription());
    var source =
        Rules.required(
            "SourceDBParameterGroupIdentifier", request.sourceDBParameterGroupIdentifier());
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var from = instance(home.name("pg", source));
      if (catalog.instanceParameterGroups.find(name).isPresent()) {
        throw exists(name);
      }
      var group = ofInstance(name, from.settings().dbParameterGroupFamily(), description);
      catalog.instanceParameterGroups.put(
          new InstanceParameterGroup(group, request.tags(), from.values()));
      return group;
    });
  }

  /// For the actions on groups themselves; those on clusters answer another code where a group is
  /// missing.
  ClusterParameterGroup cluster(String name) {
    return catalog
        .clusterParameterGroups
        .find(name.toLowerCase(Locale.ROOT))
        .orElseThrow(() ->
            RdsFault.PARAMETER_GROUP_NOT_FOUND.with("DBClusterParameterGroup not found: %s", name));
  }

  InstanceParameterGroup instance(String name) {
    return catalog
        .instanceParameterGroups
        .find(name.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () -> RdsFault.PARAMETER_GROUP_NOT_FOUND.with("DBParameterGroup not found: %s", name));
  }

  private DBClusterParameterGroup ofCluster(String name, String family, String description) {
    return DBClusterParameterGroup.builder()
        .dbClusterParameterGroupName(name)
        .dbParameterGroupFamily(family)
        .description(description)
        .dbClusterParameterGroupArn(home.arn("cluster-pg", name))
        .build();
  }

  private DBParameterGroup ofInstance(String name, String family, String description) {
    return DBParameterGroup.builder()
        .dbParameterGroupName(name)
        .dbParameterGroupFamily(family)
        .description(description)
        .dbParameterGroupArn(home.arn("pg", name))
        .build();
  }
}
