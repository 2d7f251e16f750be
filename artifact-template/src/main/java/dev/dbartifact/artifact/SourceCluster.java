package dev.dbartifact.artifact;

import java.util.List;

/// The cluster that an artifact copies, as it was when it was inspected.
///
/// @param id its identifier
/// @param arn its Amazon resource name
/// @param region where it is; a clone can only be made there
/// @param zones the availability zones of its volume, sorted
/// @param settings everything that can be chosen about it
public record SourceCluster(
    ClusterId id, String arn, String region, List<String> zones, ClusterSettings settings) {
  public SourceCluster {
    zones = zones.stream().sorted().distinct().toList();
  }
}
