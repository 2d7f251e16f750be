package dev.dbartifact.converger.state;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.rds.Clusters;
import java.util.Optional;

/// Reads a target as it is.
public final class CurrentStateReader {
  private final Clusters clusters;

  public CurrentStateReader(Clusters clusters) {
    this.clusters = clusters;
  }

  /// @param ownSubnetGroup whether the target should have a DB subnet group for itself
  public CurrentState read(ClusterId target, boolean ownSubnetGroup) {
    return new CurrentState(
        clusters.find(target),
        ownSubnetGroup ? clusters.findSubnetGroup(target.value()) : Optional.empty());
  }
}
