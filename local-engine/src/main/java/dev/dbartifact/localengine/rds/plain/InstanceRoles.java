package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.cluster.ClusterRoles;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.storage.RoleActivation;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBClusterRole;

/// The IAM roles of plain instances, remembered with their storage and shown.
public final class InstanceRoles {

  private final Catalog catalog;
  private final NamedInstances instances;
  private final RoleActivation activation;
  private final Descriptions descriptions;

  public InstanceRoles(
      Catalog catalog,
      NamedInstances instances,
      RoleActivation activation,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.instances = instances;
    this.activation = activation;
    this.descriptions = descriptions;
  }

  void add(String idOrArn, String roleArn, String feature) {
    ClusterRoles.requireRole(roleArn);
    Rules.required("FeatureName", feature);
    catalog.changing(() -> {
      var storage = available(idOrArn);
      requireFeature(Engine.of(storage.settings().engine()), feature);
      var roles = new ArrayList<>(storage.settings().associatedRoles());
      requireRoom(storage, roles, roleArn, feature);
      roles.add(
          DBClusterRole.builder().roleArn(roleArn).featureName(feature).status("PENDING").build());
      catalog.clusters.put(storage.with(builder -> builder.associatedRoles(roles)));
      activation.begin(storage);
    });
  }

  private Cluster available(String idOrArn) {
    var instance = instances.find(idOrArn);
    var storage =
        catalog
            .ownStorage(instance)
            .orElseThrow(() ->
                RdsFault.INVALID_INSTANCE_STATE.with(
                    "The instance %s is a member of a DB cluster: add roles to that.",
                    instance.id()));
    NamedInstances.requireAvailable(descriptions.of(instance));
    return storage;
  }

  private static void requireFeature(Engine engine, String feature) {
    if (!engine.features().contains(feature)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s is not a valid feature-name for the %s engine. Valid: %s",
          feature, engine.title(), String.join(", ", engine.features().stream().sorted().toList()));
    }
  }

  private static void requireRoom(
      Cluster storage, List<DBClusterRole> roles, String roleArn, String feature) {
    if (roles.stream().anyMatch(each -> each.featureName().equals(feature))) {
      throw RdsFault.INSTANCE_ROLE_ALREADY_EXISTS.with(
          "DB instance %s has a role for the feature %s already (asked for: %s)",
          storage.id(), feature, roleArn);
    }
    if (roles.size() >= ClusterRoles.MOST) {
      throw RdsFault.INSTANCE_ROLE_QUOTA_EXCEEDED.with(
          "DB instance %s has %d roles already", storage.id(), ClusterRoles.MOST);
    }
  }

  void remove(String idOrArn, String roleArn, String feature) {
    Rules.required("RoleArn", roleArn);
    Rules.required("FeatureName", feature);
    catalog.changing(() -> {
      var storage = available(idOrArn);
      var roles = storage.settings().associatedRoles();
      var left =
          roles.stream()
              .filter(
                  each -> !each.roleArn().equals(roleArn) || !each.featureName().equals(feature))
              .toList();
      if (left.size() == roles.size()) {
        throw RdsFault.INSTANCE_ROLE_NOT_FOUND.with(
            "Role ARN %s cannot be found for DB instance %s with the feature %s",
            roleArn, storage.id(), feature);
      }
      catalog.clusters.put(storage.with(builder -> builder.associatedRoles(left)));
    });
  }
}
