package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.Usage;
import java.util.List;

/// A cluster as `db-artifact-local status` shows it.
///
/// @param cloneOf the cluster it was made from, null where there is none any more
/// @param bytes null while there is nothing to measure
public record ClusterReport(
    String id,
    String status,
    String endpoint,
    int port,
    String engineVersion,
    String masterUsername,
    String cloneOf,
    List<InstanceReport> instances,
    Usage bytes) {

  /// An instance of a cluster.
  public record InstanceReport(String id, String status) {}
}
