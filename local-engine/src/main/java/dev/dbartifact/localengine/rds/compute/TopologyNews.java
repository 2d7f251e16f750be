package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what has changed about a cluster to its servers: who writes, who serves, their names, the
/// version. A server that starts is told by whoever starts it. Most changes are of nothing that
/// servers tell, and trouble none of them.
public final class TopologyNews {

  private static final Logger LOG = LoggerFactory.getLogger(TopologyNews.class);

  private final Catalog catalog;
  private final Work work;
  private final Serving serving;

  /// What the servers of each cluster were to tell last, by its volume.
  private final Map<String, List<Topology>> known = new HashMap<>();

  public TopologyNews(Catalog catalog, Work work, Serving serving) {
    this.catalog = catalog;
    this.work = work;
    this.serving = serving;
  }

  /// From now on.
  public void begin() {
    catalog.watch(this::changed);
  }

  /// After what is under way at the cluster, which may start or end its servers.
  private synchronized void changed(String storage) {
    var cluster = catalog.clusters.find(storage);
    var now = cluster.map(serving::topologies).orElse(List.of());
    var before = now.isEmpty() ? known.remove(storage) : known.put(storage, now);
    if (!now.isEmpty() && !now.equals(before)) {
      work.on(List.of(cluster.orElseThrow().storageId()), () -> tell(storage));
    }
  }

  private void tell(String storage) {
    var cluster = catalog.clusters.find(storage);
    try {
      if (cluster.isPresent()) {
        serving.tell(cluster.get());
      }
    } catch (HostException e) {
      forget(storage);
      LOG.warn(
          "What the servers of '{}' tell of their cluster may be out of date: {}. They are told with its next change",
          cluster.get().id(),
          e.getMessage());
    }
  }

  private synchronized void forget(String storage) {
    known.remove(storage);
  }
}
