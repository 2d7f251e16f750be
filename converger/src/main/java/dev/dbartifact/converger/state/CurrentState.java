package dev.dbartifact.converger.state;

import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundSubnetGroup;
import java.util.Optional;

/// What the database is.
///
/// @param cluster the target, if it is there
/// @param subnetGroup the DB subnet group of the target's own, looked for only if it should have
///   one
public record CurrentState(Optional<FoundCluster> cluster, Optional<FoundSubnetGroup> subnetGroup) {
  public static CurrentState nothing() {
    return new CurrentState(Optional.empty(), Optional.empty());
  }
}
