package dev.dbartifact.localengine.rds.plain;

import java.util.Objects;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// A plain instance that is not made yet: what it will have of a cluster, and the rest.
///
/// @param storage its engine, master user, database, port and network; see `Cluster`
/// @param server as described, without what `storage` says
public record PlainInstance(DBCluster storage, DBInstance server) {
  public PlainInstance {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(server, "server");
  }

  String id() {
    return server.dbInstanceIdentifier();
  }
}
