package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.wire.Honours;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.GlobalCluster;

/// Global clusters: there are none. Terraform asks about them whenever it reads a cluster, and
/// takes no other answer than a list.
public final class GlobalClusterActions extends RdsActions {

  /// `db-cluster-id` is what clients ask by; the API Reference has come to name `region` only.
  private static final Map<String, Function<GlobalCluster, String>> FILTERS =
      Map.of("db-cluster-id", any -> "", "region", any -> "");

  @Override
  @Honours(
      value = {"Filters", "GlobalClusterIdentifier", "Marker", "MaxRecords"},
      differs = "There are none.")
  public DescribeGlobalClustersResponse describeGlobalClusters(
      DescribeGlobalClustersRequest request) {
    if (request.globalClusterIdentifier() != null) {
      throw RdsFault.GLOBAL_CLUSTER_NOT_FOUND.with(
          "Global cluster %s not found", request.globalClusterIdentifier());
    }
    var none = Filters.apply(request.filters(), FILTERS, List.<GlobalCluster>of());
    var page =
        Page.of(
            none, GlobalCluster::globalClusterIdentifier, request.marker(), request.maxRecords());
    return DescribeGlobalClustersResponse.builder().globalClusters(page.items()).build();
  }
}
