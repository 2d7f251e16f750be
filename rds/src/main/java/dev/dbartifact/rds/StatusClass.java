package dev.dbartifact.rds;

import java.util.Map;
import java.util.Set;

/// What the status of a cluster or instance means for the one who waits for it. The status texts
/// are those of "Viewing DB cluster status" and "Viewing DB instance status" in the Aurora user
/// guide; a text that is not known is taken for progress.
public enum StatusClass {
  READY,
  IN_PROGRESS,
  FAILED,
  GONE,
  NEEDS_ACTION;

  private static final Set<String> IN_USE =
      Set.of("available", "backing-up", "storage-optimization", "configuring-log-exports");

  private static final Set<String> DEAD =
      Set.of(
          "cloning-failed",
          "failed",
          "migration-failed",
          "inaccessible-encryption-credentials",
          "restore-error",
          "insufficient-capacity");

  private static final Map<String, String> ADVICE =
      Map.of(
          "stopped",
          "Start it: aws rds start-db-cluster --db-cluster-identifier",
          "stopping",
          "Wait until it is stopped, then start it: aws rds start-db-cluster --db-cluster-identifier",
          "inaccessible-encryption-credentials-recoverable",
          "Give RDS access to its KMS key again, then start the cluster:"
              + " aws rds start-db-cluster --db-cluster-identifier",
          "storage-full",
          "Free or add storage, then run the same command again. Affected:");

  /// The class of a status as RDS writes it.
  public static StatusClass of(String status) {
    if (IN_USE.contains(status)) {
      return READY;
    }
    if (DEAD.contains(status) || status.startsWith("incompatible-")) {
      return FAILED;
    }
    if (status.equals("deleting") || status.equals("deleted")) {
      return GONE;
    }
    return ADVICE.containsKey(status) ? NEEDS_ACTION : IN_PROGRESS;
  }

  /// What to do about a source that is in a status of this class.
  public String adviceForSource(String status, String source) {
    return switch (this) {
      case IN_PROGRESS ->
          "It usually becomes available within minutes; run the same command again.";
      case NEEDS_ACTION -> advice(status, source);
      case FAILED ->
          "'"
              + source
              + "' does not recover by itself: repair or replace it in RDS, or name another source"
              + " in the artifact's configuration.";
      case GONE -> "Name another source in the artifact's configuration and build it again.";
      case READY -> "";
    };
  }

  /// What somebody has to do about a status of class [#NEEDS_ACTION].
  public static String advice(String status, String resource) {
    return ADVICE.getOrDefault(status, "Look at it in the RDS console:") + " " + resource;
  }
}
