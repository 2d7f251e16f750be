package dev.dbartifact.localengine.rds.record;

/// How far a server is with what its parameter groups say.
///
/// See `ParameterApplyStatus` of DBParameterGroupStatus in the Amazon RDS API Reference.
public final class ApplyStatus {

  public static final String APPLYING = "applying";
  public static final String FAILED = "failed-to-apply";
  public static final String IN_SYNC = "in-sync";
  public static final String PENDING_REBOOT = "pending-reboot";

  private ApplyStatus() {}
}
