package dev.dbartifact.converger.migration;

import java.time.Duration;

/// How a migration behaves towards others.
///
/// @param waitForOthers how long to wait for other migrations of the same database, all in all; a
///   day at most: PostgreSQL has no room for more milliseconds than those of some weeks
/// @param lockTimeout how long one statement waits for a table lock (PostgreSQL's `lock_timeout`);
///   a waiting DDL statement holds up every query behind it
/// @param codeAllowed whether change sets may run programs and classes outside the database
public record MigrationSettings(Duration waitForOthers, Duration lockTimeout, boolean codeAllowed) {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  /// Ten minutes for others, thirty seconds for a table lock, no code.
  public static final MigrationSettings DEFAULT =
      new MigrationSettings(Duration.ofMinutes(10), Duration.ofSeconds(30), false);

  /// The option of the command line that sets [#codeAllowed], for messages.
  public static final String ALLOW_CODE_OPTION = "--allow-changelog-code";

  public MigrationSettings {
    if (!waitForOthers.isPositive() || !lockTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "waits must be longer than nothing, found " + waitForOthers + " and " + lockTimeout);
    }
  }

  /// With another wait, brought to between a second and a day.
  public MigrationSettings waitingForOthers(Duration atMost) {
    Duration wait = atMost.compareTo(A_DAY) > 0 ? A_DAY : atMost;
    return new MigrationSettings(
        wait.compareTo(A_MOMENT) < 0 ? A_MOMENT : wait, lockTimeout, codeAllowed);
  }

  public MigrationSettings allowingCode() {
    return new MigrationSettings(waitForOthers, lockTimeout, true);
  }
}
