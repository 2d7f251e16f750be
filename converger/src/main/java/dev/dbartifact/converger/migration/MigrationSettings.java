package dev.dbartifact.converger.migration;

import java.time.Duration;

/// How a migration behaves towards others.
///
/// @param waitForOthers how long to wait for another migration of the same database
/// @param lockTimeout how long one statement waits for a table lock (PostgreSQL's `lock_timeout`);
///   a waiting DDL statement holds up every query behind it
/// @param codeAllowed whether change sets may run programs and classes outside the database
public record MigrationSettings(Duration waitForOthers, Duration lockTimeout, boolean codeAllowed) {
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

  public MigrationSettings waitingForOthers(Duration atMost) {
    return new MigrationSettings(atMost, lockTimeout, codeAllowed);
  }

  public MigrationSettings waitingForTables(Duration atMost) {
    return new MigrationSettings(waitForOthers, atMost, codeAllowed);
  }

  public MigrationSettings allowingCode() {
    return new MigrationSettings(waitForOthers, lockTimeout, true);
  }
}
