package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.record.Cluster;

/// Who is told of connections that come to a cluster through the engine.
@FunctionalInterface
public interface Visits {

  /// Nobody.
  Visits UNNOTICED = cluster -> () -> {};

  /// Begins with one connection, before it is passed on; returns when the cluster's servers can
  /// take it.
  ///
  /// @return is to be run when the connection has ended
  Runnable enter(Cluster cluster);
}
