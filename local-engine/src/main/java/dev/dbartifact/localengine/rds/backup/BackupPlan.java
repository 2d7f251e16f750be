package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// When a cluster is backed up next, and which of its automated snapshots have had their time.
///
/// See "Backup window" and "Backup retention period" in the RDS User Guide.
///
/// @param window when backups begin, such as `04:07-04:37`
/// @param days for which they are kept; 0 for none at all
/// @param since when the cluster came to be
/// @param fresh whether it was made empty; a clone or a restore is in no hurry, as it holds what
///   its source holds
record BackupPlan(String window, int days, Instant since, boolean fresh) {

  BackupPlan {
    if (days < 0) {
      throw new IllegalArgumentException("Backups cannot be kept for " + days + " days");
    }
  }

  /// When the next one is due. In the past, if a window was missed: one backup makes up for all
  /// that were.
  ///
  /// @param newestFirst those that are there
  Instant next(List<Snapshot> newestFirst) {
    if (!newestFirst.isEmpty()) {
      return nextWindow(time(newestFirst.getFirst()));
    }
    return fresh ? since : nextWindow(since);
  }

  Instant nextWindow(Instant after) {
    return Windows.nextBackup(window, after);
  }

  /// Those that can go. The newest stays, however old it is: while a cluster is stopped none are
  /// made, and that time does not count on AWS.
  List<Snapshot> outdated(List<Snapshot> newestFirst, Instant now) {
    if (days == 0) {
      return newestFirst;
    }
    var kept = now.minus(Duration.ofDays(days));
    return newestFirst.stream().skip(1).filter(each -> time(each).isBefore(kept)).toList();
  }

  static Instant time(Snapshot snapshot) {
    return snapshot.settings().snapshotCreateTime();
  }
}
