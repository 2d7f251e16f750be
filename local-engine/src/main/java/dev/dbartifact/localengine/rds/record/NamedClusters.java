package dev.dbartifact.localengine.rds.record;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Locale;

/// The DB clusters that requests name.
public final class NamedClusters {

  private final Catalog catalog;
  private final Home home;

  public NamedClusters(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  /// By name or ARN.
  public Cluster find(String idOrArn) {
    var given = Rules.required("DBClusterIdentifier", idOrArn);
    var id = home.name("cluster", given).toLowerCase(Locale.ROOT);
    return catalog.cluster(id).orElseThrow(() -> notFound(given));
  }

  /// Refuses a name that a cluster has. Within a change of the catalog.
  ///
  /// @param id in lower case
  public void requireNew(String id) {
    if (catalog.cluster(id).isPresent()) {
      throw RdsFault.CLUSTER_ALREADY_EXISTS.with("DB Cluster already exists");
    }
  }

  public static RuntimeException notFound(String id) {
    return RdsFault.CLUSTER_NOT_FOUND.with("DBCluster %s not found.", id);
  }

  public static void requireAvailable(Cluster cluster) {
    if (!cluster.is(Status.AVAILABLE)) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "DB cluster %s is not in available state: it is %s.", cluster.id(), cluster.status());
    }
  }
}
