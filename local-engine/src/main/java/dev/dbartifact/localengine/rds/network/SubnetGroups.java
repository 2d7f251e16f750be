package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.SubnetGroup;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DBSubnetGroup;
import software.amazon.awssdk.services.rds.model.DeleteDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbSubnetGroupsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbSubnetGroupRequest;
import software.amazon.awssdk.services.rds.model.Subnet;

/// DB subnet groups over the subnets of the default VPC.
public final class SubnetGroups {

  public static final String DEFAULT = "default";

  private final Catalog catalog;
  private final Home home;

  public SubnetGroups(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  /// The `default` group is always there, with all subnets of the default VPC.
  public void makeDefault() {
    catalog.changing(() -> {
      if (catalog.subnetGroups.find(DEFAULT).isEmpty()) {
        catalog.subnetGroups.put(
            new SubnetGroup(describe(DEFAULT, "default", home.subnets()), List.of()));
      }
    });
  }

  DBSubnetGroup create(CreateDbSubnetGroupRequest request) {
    var name =
        Rules.groupName(
            "DBSubnetGroupName", request.dbSubnetGroupName(), "[a-zA-Z0-9][a-zA-Z0-9 ._-]*");
    Rules.required("DBSubnetGroupDescription", request.dbSubnetGroupDescription());
    Rules.tags(request.tags());
    var group = describe(name, request.dbSubnetGroupDescription(), subnets(request.subnetIds()));
    return catalog.changing(() -> {
      if (catalog.subnetGroups.find(name).isPresent()) {
        throw RdsFault.SUBNET_GROUP_ALREADY_EXISTS.with(
            "The DB subnet group '%s' already exists.", name);
      }
      catalog.subnetGroups.put(new SubnetGroup(group, request.tags()));
      return group;
    });
  }

  DescribeDbSubnetGroupsResponse describe(DescribeDbSubnetGroupsRequest request) {
    Filters.apply(request.filters(), Map.of(), List.of());
    var groups =
        request.dbSubnetGroupName() == null
            ? catalog.subnetGroups.all().stream().map(SubnetGroup::settings).toList()
            : List.of(find(request.dbSubnetGroupName()).settings());
    var page =
        Page.of(groups, DBSubnetGroup::dbSubnetGroupName, request.marker(), request.maxRecords());
    return DescribeDbSubnetGroupsResponse.builder()
        .dbSubnetGroups(page.items())
        .marker(page.marker())
        .build();
  }

  DBSubnetGroup modify(ModifyDbSubnetGroupRequest request) {
    var subnets = subnets(request.subnetIds());
    return catalog.changing(() -> {
      var group = find(request.dbSubnetGroupName());
      requireUnused(group.settings(), subnets);
      var description =
          request.dbSubnetGroupDescription() == null
              ? group.settings().dbSubnetGroupDescription()
              : request.dbSubnetGroupDescription();
      var changed = describe(group.settings().dbSubnetGroupName(), description, subnets);
      catalog.subnetGroups.put(new SubnetGroup(changed, group.tags()));
      return changed;
    });
  }

  /// An instance is in the subnet of its zone. See "How can I delete a subnet that is part of an
  /// Amazon RDS DB subnet group?" in AWS's Knowledge Center.
  private void requireUnused(DBSubnetGroup group, List<Subnet> kept) {
    var zones =
        catalog.clusters.all().stream()
            .filter(each -> group.dbSubnetGroupName().equals(each.settings().dbSubnetGroup()))
            .flatMap(each -> catalog.instancesOf(each).stream())
            .flatMap(SubnetGroups::zones)
            .collect(Collectors.toSet());
    var left = kept.stream().map(Subnet::subnetIdentifier).toList();
    var used =
        group.subnets().stream()
            .filter(each -> zones.contains(each.subnetAvailabilityZone().name()))
            .map(Subnet::subnetIdentifier)
            .filter(id -> !left.contains(id))
            .toList();
    if (!used.isEmpty()) {
      throw RdsFault.SUBNET_ALREADY_IN_USE.with(
          "Some of the subnets to be deleted are currently in use: %s", String.join(", ", used));
    }
  }

  private static Stream<String> zones(Instance instance) {
    return Stream.of(
            instance.settings().availabilityZone(), instance.settings().secondaryAvailabilityZone())
        .filter(Objects::nonNull);
  }

  void delete(DeleteDbSubnetGroupRequest request) {
    catalog.changing(() -> {
      var name = find(request.dbSubnetGroupName()).settings().dbSubnetGroupName();
      if (name.equals(DEFAULT)) {
        throw RdsFault.INVALID_SUBNET_GROUP_STATE.with(
            "The default DB subnet group cannot be deleted.");
      }
      catalog.clusters.all().stream()
          .filter(cluster -> name.equals(cluster.settings().dbSubnetGroup()))
          .findFirst()
          .ifPresent(cluster -> {
            throw RdsFault.INVALID_SUBNET_GROUP_STATE.with(
                "Cannot delete the subnet group '%s' because at least one DB %s: %s is"
                    + " still using it.",
                name, cluster.noun(), cluster.id());
          });
      catalog.subnetGroups.remove(name);
    });
  }

  /// The name of the one that a request asks for.
  ///
  /// @param name null for the default
  public String chosen(String name) {
    return find(name == null ? DEFAULT : name).settings().dbSubnetGroupName();
  }

  public SubnetGroup find(String name) {
    var wanted = Rules.required("DBSubnetGroupName", name).toLowerCase(Locale.ROOT);
    return catalog
        .subnetGroups
        .find(wanted)
        .orElseThrow(() ->
            RdsFault.SUBNET_GROUP_NOT_FOUND.with("DB subnet group '%s' does not exist.", name));
  }

  private List<Subnet> subnets(List<String> ids) {
    var subnets =
        Rules.requiredList("SubnetIds", ids).stream()
            .distinct()
            .sorted()
            .map(this::subnet)
            .toList();
    var zones = subnets.stream().map(each -> each.subnetAvailabilityZone().name()).distinct();
    if (zones.count() < 2) {
      throw RdsFault.SUBNET_GROUP_DOES_NOT_COVER_ENOUGH_AZS.with(
          "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ"
              + " coverage: %s. Add subnets to cover at least 2 AZs.",
          subnets.getFirst().subnetAvailabilityZone().name());
    }
    return subnets;
  }

  private Subnet subnet(String id) {
    return home.subnet(id)
        .orElseThrow(() ->
            RdsFault.INVALID_SUBNET.with(
                "The requested subnet %s is invalid: the default VPC has %s.",
                id,
                String.join(", ", home.subnets().stream().map(Subnet::subnetIdentifier).toList())));
  }

  private DBSubnetGroup describe(String name, String description, List<Subnet> subnets) {
    return DBSubnetGroup.builder()
        .dbSubnetGroupName(name)
        .dbSubnetGroupDescription(description)
        .vpcId(Home.VPC)
        .subnetGroupStatus("Complete")
        .subnets(subnets.stream().sorted(Comparator.comparing(Subnet::subnetIdentifier)).toList())
        .dbSubnetGroupArn(home.arn("subgrp", name))
        .supportedNetworkTypes("IPV4")
        .build();
  }
}
