package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;

/// What CreateDBInstance is asked for: one more instance of a cluster.
///
/// @param settings the wish for the cluster; the call takes what belongs to instances
public record CreateInstance(
    ClusterId cluster, ClusterId instance, ClusterSettings settings, Tags tags) {
  public CreateInstance {
    if (settings.hardware().instanceClass().isEmpty()) {
      throw new IllegalArgumentException("an instance is created with an instance class");
    }
  }
}
