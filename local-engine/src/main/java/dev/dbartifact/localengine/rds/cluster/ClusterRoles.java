package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.storage.RoleActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.rds.model.DBClusterRole;

/// The IAM roles of clusters. No server here calls AWS: they are remembered and shown.
public final class ClusterRoles {

  /// See "Quotas in Amazon Aurora" in the Aurora User Guide.
  public static final int MOST = 5;

  private final Catalog catalog;
  private final NamedClusters clusters;
  private final RoleActivation activation;

  public ClusterRoles(Catalog catalog, NamedClusters clusters, RoleActivation activation) {
    this.catalog = catalog;
    this.clusters = clusters;
    this.activation = activation;
  }

  void add(String idOrArn, String roleArn, String feature) {
    requireRole(roleArn);
    catalog.changing(() -> {
      var cluster = clusters.find(idOrArn);
      requireFeature(Engine.of(cluster.settings().engine()), feature);
      NamedClusters.requireAvailable(cluster);
      var roles = new ArrayList<>(cluster.settings().associatedRoles());
      requireRoom(cluster, roles, roleArn, feature);
      roles.add(
          DBClusterRole.builder().roleArn(roleArn).featureName(feature).status("PENDING").build());
      catalog.clusters.put(cluster.with(builder -> builder.associatedRoles(roles)));
      activation.begin(cluster);
    });
  }

  /// Roles of Aurora MySQL have no feature.
  private static void requireFeature(Engine engine, String feature) {
    var named = feature != null && !feature.isEmpty();
    if (named == (engine == Engine.AURORA_MYSQL)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The feature-name parameter must%s be provided with the current operation for the %s"
              + " engine.",
          named ? " not" : "", engine.title());
    }
    if (named && !engine.features().contains(feature)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "%s is not a valid feature-name for the %s engine. Valid: %s",
          feature, engine.title(), String.join(", ", engine.features().stream().sorted().toList()));
    }
  }

  public static void requireRole(String roleArn) {
    Rules.required("RoleArn", roleArn);
    if (!roleArn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+")) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid role ARN: %s", roleArn);
    }
  }

  private static void requireRoom(
      Cluster cluster, List<DBClusterRole> roles, String roleArn, String feature) {
    if (roles.stream().anyMatch(each -> each.roleArn().equals(roleArn))) {
      throw RdsFault.CLUSTER_ROLE_ALREADY_EXISTS.with(
          "Role ARN %s already exists for DB cluster %s", roleArn, cluster.id());
    }
    if (feature != null && roles.stream().anyMatch(each -> feature.equals(each.featureName()))) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster %s has a role for the feature %s already", cluster.id(), feature);
    }
    if (roles.size() >= MOST) {
      throw RdsFault.CLUSTER_ROLE_QUOTA_EXCEEDED.with(
          "DB cluster %s has %d roles already", cluster.id(), MOST);
    }
  }

  void remove(String idOrArn, String roleArn, String feature) {
    Rules.required("RoleArn", roleArn);
    catalog.changing(() -> {
      var cluster = clusters.find(idOrArn);
      NamedClusters.requireAvailable(cluster);
      var roles = cluster.settings().associatedRoles();
      var left =
          roles.stream()
              .filter(each ->
                  !each.roleArn().equals(roleArn)
                      || feature != null && !Objects.equals(each.featureName(), feature))
              .toList();
      if (left.size() == roles.size()) {
        throw RdsFault.CLUSTER_ROLE_NOT_FOUND.with(
            "Role ARN %s cannot be found for DB cluster %s%s",
            roleArn, cluster.id(), feature == null ? "" : " with the feature " + feature);
      }
      catalog.clusters.put(cluster.with(builder -> builder.associatedRoles(left)));
    });
  }
}
