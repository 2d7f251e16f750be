package dev.dbartifact.localengine.rds.record;

import java.util.Objects;

/// What a cluster is to have with another major version.
///
/// @param engineVersion such as `17.11`
/// @param clusterGroup its cluster parameter group; null for the storage of a plain instance
/// @param instanceGroup the parameter group of its instances
public record MajorUpgrade(String engineVersion, String clusterGroup, String instanceGroup) {

  public MajorUpgrade {
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(instanceGroup, "instanceGroup");
  }
}
