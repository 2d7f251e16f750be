package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Usage;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What exists, with what the API does not say: the space that it takes.
final class Reports {

  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Catalog catalog;
  private final DatabaseHost host;

  Reports(Catalog catalog, DatabaseHost host) {
    this.catalog = catalog;
    this.host = host;
  }

  List<ClusterReport> all() {
    return catalog.clusters.all().stream()
        .sorted(Comparator.comparing(Cluster::id))
        .map(this::report)
        .toList();
  }

  private ClusterReport report(Cluster cluster) {
    var of = cluster.settings();
    var source = cluster.cloneOf() == null ? null : catalog.clusters.find(cluster.cloneOf());
    return new ClusterReport(
        cluster.id(),
        cluster.status(),
        of.endpoint(),
        of.port(),
        of.engineVersion(),
        of.masterUsername(),
        source == null ? null : source.map(Cluster::id).orElse(null),
        catalog.instancesOf(cluster).stream().map(Reports::report).toList(),
        cluster.is(Status.AVAILABLE) ? usage(cluster) : null);
  }

  private static ClusterReport.InstanceReport report(Instance instance) {
    return new ClusterReport.InstanceReport(instance.id(), instance.settings().dbInstanceStatus());
  }

  private Usage usage(Cluster cluster) {
    try {
      return host.usage(cluster.storageId());
    } catch (HostException e) {
      LOG.warn("Could not measure cluster '{}': {}", cluster.id(), e.getMessage());
      return null;
    }
  }
}
