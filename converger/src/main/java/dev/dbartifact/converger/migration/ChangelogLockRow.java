package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// Liquibase's own lock, the row of `databasechangeloglock`: taken as well, so that a plain
/// Liquibase waits for us. Whoever was killed leaves it set, and a clone inherits it from a source
/// that was being migrated. Only used while the [MigrationLock] is held.
///
/// Written here rather than by Liquibase because Liquibase looks up the name of this machine first,
/// which can wait for a name server.
final class ChangelogLockRow {
  private static final String TAKE =
      """
      UPDATE databasechangeloglock
      SET locked = true, lockgranted = now(), lockedby = ? WHERE id = 1 AND NOT locked
      """;
  private static final String HOLDER =
      "SELECT lockedby, lockgranted FROM databasechangeloglock WHERE id = 1 AND locked";
  private static final String RELEASE =
      """
      UPDATE databasechangeloglock
      SET locked = false, lockgranted = NULL, lockedby = NULL WHERE id = 1
      """;

  private final Connection connection;

  ChangelogLockRow(Connection connection) {
    this.connection = connection;
  }

  /// Whether somebody holds it, or held it when they died. False where there is no such table.
  boolean isSet() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet table = query.executeQuery("SELECT to_regclass('databasechangeloglock')")) {
      if (!table.next() || table.getString(1) == null) {
        return false;
      }
    }
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(HOLDER)) {
      return row.next();
    }
  }

  /// Takes the row until the answer is closed. A row that is set already is stale, because we hold
  /// the migration lock, and is released with a notice.
  Held take(MigrationProgress progress) throws SQLException {
    if (!tryTake()) {
      releaseStale(progress);
    }
    return this::release;
  }

  private void releaseStale(MigrationProgress progress) throws SQLException {
    progress.notice(
        "Released a stale lock in databasechangeloglock, set by "
            + holder()
            + ": no migration is running.");
    release();
    if (!tryTake()) {
      throw new SQLException("databasechangeloglock has no row with id 1 that can be taken");
    }
  }

  private boolean tryTake() throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setString(1, Session.APPLICATION + " (pid " + ProcessHandle.current().pid() + ")");
      int taken = update.executeUpdate();
      connection.commit();
      return taken == 1;
    }
  }

  private String holder() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(HOLDER)) {
      return row.next() ? row.getString(1) + " at " + row.getString(2) : "nobody";
    }
  }

  private void release() throws SQLException {
    connection.rollback();
    try (Statement update = connection.createStatement()) {
      update.executeUpdate(RELEASE);
      connection.commit();
    }
  }

  /// The row while it is ours.
  interface Held extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }
}
