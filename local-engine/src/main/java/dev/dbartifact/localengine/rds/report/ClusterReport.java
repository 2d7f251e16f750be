package dev.dbartifact.localengine.rds.report;

import dev.dbartifact.localengine.server.Usage;
import java.util.List;

/// A DB cluster as `db-artifact-local status` shows it, or a plain instance, which is alone in what
/// else a cluster would be.
///
/// @param plain whether it is a plain instance
/// @param volume where its data are, below the data directory
/// @param endpoint what the API calls it by, a name or an address
/// @param address where that leads
/// @param message why its status is what it is, null where nothing is wrong
/// @param server what stands behind the engine, such as `MariaDB 10.11.19`
/// @param cloneOf the cluster, or the plain instance, that it was made from, null where there is
///   none any more
/// @param bytes null while there is nothing to measure
/// @param history null while none is kept
/// @param backups null where there are no automated snapshots
public record ClusterReport(
    String id,
    boolean plain,
    String volume,
    String status,
    String message,
    String endpoint,
    String address,
    int port,
    String engine,
    String engineVersion,
    String server,
    String masterUsername,
    String cloneOf,
    List<InstanceReport> instances,
    Usage bytes,
    HistoryReport history,
    BackupReport backups) {

  /// The state of an instance whose server is there for whoever connects.
  public static final String PAUSED = "paused";

  /// What is kept for restores to a time.
  ///
  /// @param since the earliest of these times, such as `2030-01-31T12:00:00Z`
  /// @param bytes that it takes besides
  public record HistoryReport(String since, long bytes) {}

  /// The automated snapshots.
  ///
  /// @param newest its name
  /// @param bytes that they take besides: what was overwritten since, as far as only one of them
  ///   has it
  public record BackupReport(int count, String newest, long bytes) {}

  /// An instance of a cluster.
  ///
  /// @param writer else it reads
  /// @param endpoint of its own, a name or an address
  /// @param message why its status is what it is, null where nothing is wrong
  public record InstanceReport(
      String id, boolean writer, String endpoint, String status, String message) {}
}
