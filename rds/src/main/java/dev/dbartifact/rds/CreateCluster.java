package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;

/// What CreateDBCluster is asked for, the password apart.
///
/// @param settings the wish, the master user name included
/// @param tags every tag of the new cluster
public record CreateCluster(ClusterId target, ClusterSettings settings, Tags tags) {
  public CreateCluster {
    if (settings.masterUsername().isEmpty()) {
      throw new IllegalArgumentException("a cluster is created with a master user name");
    }
  }
}
