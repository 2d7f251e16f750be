package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what has changed about a cluster to its servers: who writes, who serves, their names, the
/// version. A server that starts is told by whoever starts it.
public final class TopologyNews {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyNews.class);

  private final Catalog catalog;
  private final Work work;
  private final Serving serving;

  public TopologyNews(Catalog catalog, Work work, Serving serving) {
    this.catalog = catalog;
    this.work = work;
    this.serving = serving;
  }

  /// From now on.
  public void begin() {
    catalog.watch(storage -> catalog.clusters.find(storage).ifPresent(this::changed));
  }

  /// After what is under way at the cluster, which may start or end its servers.
  private void changed(Cluster cluster) {
    if (Engine.of(cluster.settings().engine()).hasAuroraFunctions()
        && !catalog.instancesOf(cluster).isEmpty()) {
      work.on(List.of(cluster.storageId()), () -> tell(cluster.storage()));
    }
  }

  private void tell(String storage) {
    var cluster = catalog.clusters.find(storage);
    try {
      if (cluster.isPresent()) {
        serving.tell(cluster.get());
      }
    } catch (HostException e) {
      LOG.warn(
          "What the servers of '{}' tell of their cluster may be out of date: {}",
          cluster.get().id(),
          e.getMessage());
    }
  }
}
