package dev.dbartifact.localengine.rds.record;

import java.util.Set;

/// The states of clusters and instances that the engine knows.
///
/// See "Viewing DB cluster status" and "Viewing DB instance status" in the Aurora User Guide.
public final class Status {

  public static final String AVAILABLE = "available";
  public static final String BACKING_UP = "backing-up";
  public static final String BACKTRACKING = "backtracking";
  public static final String CLONING_FAILED = "cloning-failed";

  /// The guide calls it `update-iam-db-auth` for clusters; this is what clients have seen.
  public static final String CONFIGURING_IAM = "configuring-iam-database-auth";

  public static final String CONFIGURING_LOGS = "configuring-log-exports";
  public static final String COPYING = "copying";
  public static final String CREATING = "creating";
  public static final String DELETING = "deleting";
  public static final String FAILED = "failed";
  public static final String FAILING_OVER = "failing-over";
  public static final String INACCESSIBLE_KEY_RECOVERABLE =
      "inaccessible-encryption-credentials-recoverable";
  public static final String INCOMPATIBLE_NETWORK = "incompatible-network";
  public static final String INCOMPATIBLE_PARAMETERS = "incompatible-parameters";
  public static final String MODIFYING = "modifying";
  public static final String REBOOTING = "rebooting";
  public static final String RENAMING = "renaming";
  public static final String RESETTING_PASSWORD = "resetting-master-credentials";
  public static final String STARTING = "starting";
  public static final String STORAGE_FULL = "storage-full";
  public static final String STOPPED = "stopped";
  public static final String STOPPING = "stopping";
  public static final String UPGRADING = "upgrading";

  /// While these are shown, what serves goes on serving.
  public static final Set<String> CHANGING =
      Set.of(CONFIGURING_IAM, CONFIGURING_LOGS, MODIFYING, RENAMING, RESETTING_PASSWORD);

  private Status() {}
}
