package dev.dbartifact.localengine.rds;

/// The states of clusters and instances that the engine knows.
///
/// See "Viewing DB cluster status" and "Viewing DB instance status" in the Aurora User Guide.
final class Status {

  static final String AVAILABLE = "available";
  static final String BACKING_UP = "backing-up";
  static final String CLONING_FAILED = "cloning-failed";
  static final String COPYING = "copying";
  static final String CREATING = "creating";
  static final String DELETING = "deleting";
  static final String FAILED = "failed";
  static final String FAILING_OVER = "failing-over";
  static final String INACCESSIBLE_KEY_RECOVERABLE =
      "inaccessible-encryption-credentials-recoverable";
  static final String INCOMPATIBLE_NETWORK = "incompatible-network";
  static final String INCOMPATIBLE_PARAMETERS = "incompatible-parameters";
  static final String MODIFYING = "modifying";
  static final String REBOOTING = "rebooting";
  static final String RESETTING_PASSWORD = "resetting-master-credentials";
  static final String STARTING = "starting";
  static final String STOPPED = "stopped";
  static final String STOPPING = "stopping";

  private Status() {}
}
