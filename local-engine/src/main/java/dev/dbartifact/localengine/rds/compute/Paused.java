package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Cluster;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The clusters whose servers are paused: nothing is wrong with them, though they have none. They
/// show themselves available. It is written nowhere: the next engine lets those rest that may
/// pause, and have no server.
public final class Paused {

  /// By their volumes.
  private final Set<String> clusters = ConcurrentHashMap.newKeySet();

  /// Its server is about to stop, or none is to be started.
  public void begin(Cluster cluster) {
    clusters.add(cluster.storage());
  }

  /// It is about to have a server, or is not to be given one.
  public void end(Cluster cluster) {
    clusters.remove(cluster.storage());
  }

  public boolean contains(Cluster cluster) {
    return clusters.contains(cluster.storage());
  }
}
