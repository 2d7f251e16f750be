package dev.dbartifact.localengine.rds.tag;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.ClusterParameterGroup;
import dev.dbartifact.localengine.rds.record.CustomOptionGroup;
import dev.dbartifact.localengine.rds.record.InstanceParameterGroup;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.SubnetGroup;
import dev.dbartifact.localengine.rds.record.Subscription;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.state.Shelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.Tag;

/// Tags of every kind of resource, by ARN.
public final class Tags {

  private final Catalog catalog;
  private final Home home;

  public Tags(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  List<Tag> list(String arn) {
    return change(arn, UnaryOperator.identity());
  }

  void add(String arn, List<Tag> tags) {
    Rules.tags(Rules.requiredList("Tags", tags));
    change(arn, current -> merged(current, tags));
  }

  void remove(String arn, List<String> keys) {
    Rules.requiredList("TagKeys", keys);
    change(arn, current -> current.stream().filter(tag -> !keys.contains(tag.key())).toList());
  }

  /// The same key overwrites.
  public static List<Tag> merged(List<Tag> current, List<Tag> added) {
    Rules.tags(added);
    var byKey = new LinkedHashMap<String, Tag>();
    current.forEach(tag -> byKey.put(tag.key(), tag));
    added.forEach(
        tag -> byKey.put(tag.key(), tag.value() == null ? tag.copy(t -> t.value("")) : tag));
    var merged = new ArrayList<>(byKey.values());
    Rules.tags(merged);
    return merged;
  }

  private List<Tag> change(String arn, UnaryOperator<List<Tag>> change) {
    var resource =
        home.resource(Rules.required("ResourceName", arn))
            .orElseThrow(() ->
                RdsFault.INVALID_PARAMETER_VALUE.with(
                    arn.startsWith("arn:aws:rds:")
                        ? "The specified resource name does not match an RDS resource in this region."
                        : "Invalid resource name: " + arn));
    return catalog.changing(() ->
        switch (resource.kind()) {
          case "cluster" -> ofCluster(resource.name(), change);
          case "cluster-snapshot" -> ofSnapshot(resource.name(), change);
          case Snapshot.PLAIN -> ofInstanceSnapshot(resource.name(), change);
          case "cluster-endpoint" -> ofEndpoint(resource.name(), change);
          case "db" -> ofInstance(resource.name(), change);
          case "subgrp" -> ofSubnetGroup(resource.name(), change);
          case "cluster-pg" -> ofClusterParameterGroup(resource.name(), change);
          case "pg" -> ofInstanceParameterGroup(resource.name(), change);
          case "og" -> ofOptionGroup(resource.name(), change);
          case "es" -> ofSubscription(resource.name(), change);
          default -> throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid resource name: %s", arn);
        });
  }

  private List<Tag> ofCluster(String id, UnaryOperator<List<Tag>> change) {
    var cluster =
        catalog
            .cluster(id)
            .orElseThrow(() -> RdsFault.CLUSTER_NOT_FOUND.with("DBCluster %s not found.", id));
    var before = cluster.settings().tagList();
    var tags = change.apply(before);
    if (!tags.equals(before)) {
      catalog.clusters.put(cluster.with(builder -> builder.tagList(tags)));
    }
    return tags;
  }

  private List<Tag> ofInstance(String id, UnaryOperator<List<Tag>> change) {
    var instance =
        catalog
            .instance(id)
            .orElseThrow(() -> RdsFault.INSTANCE_NOT_FOUND.with("DBInstance %s not found.", id));
    var before = instance.settings().tagList();
    var tags = change.apply(before);
    if (!tags.equals(before)) {
      catalog.instances.put(instance.with(builder -> builder.tagList(tags)));
    }
    return tags;
  }

  private List<Tag> ofEndpoint(String id, UnaryOperator<List<Tag>> change) {
    var endpoint =
        catalog.clusterEndpoint(id).orElseThrow(() -> missing("DB cluster endpoint", id));
    var tags = change.apply(endpoint.tags());
    if (!tags.equals(endpoint.tags())) {
      catalog.clusterEndpoints.put(endpoint.tagged(tags));
    }
    return tags;
  }

  private List<Tag> ofSnapshot(String id, UnaryOperator<List<Tag>> change) {
    return ofSnapshot(
        catalog.clusterSnapshot(id).orElseThrow(() -> missing("DB cluster snapshot", id)), change);
  }

  private List<Tag> ofInstanceSnapshot(String id, UnaryOperator<List<Tag>> change) {
    return ofSnapshot(
        catalog
            .instanceSnapshot(id)
            .orElseThrow(() -> RdsFault.SNAPSHOT_NOT_FOUND.with("DBSnapshot not found: %s", id)),
        change);
  }

  private List<Tag> ofSnapshot(Snapshot snapshot, UnaryOperator<List<Tag>> change) {
    var before = snapshot.settings().tagList();
    var tags = change.apply(before);
    if (!tags.equals(before)) {
      catalog.snapshots.put(snapshot.with(builder -> builder.tagList(tags)));
    }
    return tags;
  }

  private List<Tag> ofSubnetGroup(String name, UnaryOperator<List<Tag>> change) {
    return changed(
        catalog.subnetGroups,
        name,
        SubnetGroup::tags,
        change,
        (group, tags) -> new SubnetGroup(group.settings(), tags),
        "DB subnet group");
  }

  private List<Tag> ofClusterParameterGroup(String name, UnaryOperator<List<Tag>> change) {
    return changed(
        catalog.clusterParameterGroups,
        name,
        ClusterParameterGroup::tags,
        change,
        ClusterParameterGroup::tagged,
        "DB cluster parameter group");
  }

  private List<Tag> ofInstanceParameterGroup(String name, UnaryOperator<List<Tag>> change) {
    return changed(
        catalog.instanceParameterGroups,
        name,
        InstanceParameterGroup::tags,
        change,
        InstanceParameterGroup::tagged,
        "DB parameter group");
  }

  private List<Tag> ofOptionGroup(String name, UnaryOperator<List<Tag>> change) {
    return changed(
        catalog.optionGroups,
        name,
        CustomOptionGroup::tags,
        change,
        CustomOptionGroup::tagged,
        "option group");
  }

  private List<Tag> ofSubscription(String name, UnaryOperator<List<Tag>> change) {
    return changed(
        catalog.subscriptions,
        name,
        Subscription::tags,
        change,
        Subscription::tagged,
        "event subscription");
  }

  private static <T> List<Tag> changed(
      Shelf<T> shelf,
      String name,
      java.util.function.Function<T, List<Tag>> read,
      UnaryOperator<List<Tag>> change,
      java.util.function.BiFunction<T, List<Tag>, T> write,
      String kind) {
    var group = shelf.find(name).orElseThrow(() -> missing(kind, name));
    var tags = change.apply(read.apply(group));
    if (!tags.equals(read.apply(group))) {
      shelf.put(write.apply(group, tags));
    }
    return tags;
  }

  /// The actions on tags have faults of their own for clusters and instances only.
  private static RuntimeException missing(String kind, String name) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "The specified resource name does not match an RDS resource in this region: there is no %s"
            + " %s.",
        kind, name);
  }
}
