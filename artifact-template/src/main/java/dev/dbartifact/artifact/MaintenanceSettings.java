package dev.dbartifact.artifact;

import java.util.Optional;

/// How a cluster is looked after. An absent value means "no wish" in a target.
///
/// @param backupRetentionDays 1 to 35 days (CreateDBCluster, BackupRetentionPeriod)
/// @param backupWindow when the daily backup is taken
/// @param maintenanceWindow when the cluster may be maintained
/// @param autoMinorVersionUpgrade whether instances take minor versions by themselves
/// @param deletionProtection whether RDS refuses to delete the cluster
/// @param copyTagsToSnapshots whether snapshots get the cluster's tags
public record MaintenanceSettings(
    Optional<Integer> backupRetentionDays,
    Optional<DailyWindow> backupWindow,
    Optional<WeeklyWindow> maintenanceWindow,
    Optional<Boolean> autoMinorVersionUpgrade,
    Optional<Boolean> deletionProtection,
    Optional<Boolean> copyTagsToSnapshots) {
  public MaintenanceSettings {
    backupRetentionDays.ifPresent(
        days -> Checks.within(1, days, 35, "the backup retention in days"));
  }
}
