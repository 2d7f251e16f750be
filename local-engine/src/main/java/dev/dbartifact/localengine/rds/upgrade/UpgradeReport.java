package dev.dbartifact.localengine.rds.upgrade;

import dev.dbartifact.localengine.rds.record.Cluster;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The log in which RDS says why it has not begun to upgrade; as in the example of "How to perform
/// a major version upgrade for RDS for PostgreSQL" in the Amazon RDS User Guide.
final class UpgradeReport {

  /// Its name, without the time.
  static final String LOG = "pg_upgrade_precheck.log";

  private static final String LINE = "-".repeat(72);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss uuuu", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private UpgradeReport() {}

  static String of(Cluster cluster, List<String> problems, Instant now) {
    return """
    %1$s
    Upgrade could not be run on %2$s
    %1$s
    The instance could not be upgraded from %3$s to %4$s for the following reasons.
    Please take appropriate action on databases that have usage incompatible with the requested major engine version upgrade and try the upgrade again.

    %5$s
    """
        .formatted(
            LINE,
            TIME.format(now),
            cluster.settings().engineVersion(),
            cluster.upgrade().engineVersion(),
            String.join("\n\n", problems));
  }
}
