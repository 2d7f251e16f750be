package dev.dbartifact.converger.migration;

import java.util.Optional;

/// A migration that did not complete. The message says what was tried, on what, what came back and
/// what to do next; running again after that completes it, because what was applied is recorded.
public class MigrationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient ChangeSetRef changeSet;
  private final String sqlState;

  MigrationException(String message, Throwable cause) {
    this(message, cause, null, null);
  }

  MigrationException(String message, Throwable cause, ChangeSetRef changeSet, String sqlState) {
    super(message, cause);
    this.changeSet = changeSet;
    this.sqlState = sqlState;
  }

  /// The change set that failed, if it was one.
  public Optional<ChangeSetRef> changeSet() {
    return Optional.ofNullable(changeSet);
  }

  /// The database's error code, if it was the database that refused.
  public Optional<String> sqlState() {
    return Optional.ofNullable(sqlState);
  }
}
