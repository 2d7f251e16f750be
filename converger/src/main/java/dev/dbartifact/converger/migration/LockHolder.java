package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Optional;

/// Who set the row of Liquibase's [LockTable], and whether they can still be at work.
///
/// Liquibase writes its machine and its own clock into the row, in its own time zone, and says
/// nothing of its session. So a session counts as a possible holder unless something rules it out.
/// A clone that inherited the row has no such session.
///
/// @param by as the row says: Liquibase writes `host (address)`
/// @param granted as the row says, in a time zone that it does not tell
/// @param sessions those that may hold it, for people; empty: none can
record LockHolder(String by, Timestamp granted, Optional<String> sessions) {
  /// Nobody where there is no such table, or the row is free.
  static Optional<LockHolder> find(Connection connection, LockTable table) throws SQLException {
    if (!table.exists(connection)) {
      return Optional.empty();
    }
    String held = "SELECT lockedby, lockgranted FROM " + table.name() + " WHERE id = 1 AND locked";
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(held)) {
      if (!row.next()) {
        return Optional.empty();
      }
      String by = row.getString(1);
      Timestamp granted = row.getTimestamp(2);
      return Optional.of(new LockHolder(by, granted, table.sessions(connection, granted)));
    }
  }

  /// Whether whoever set it is gone for certain: one of us, which only matters while we hold the
  /// [MigrationLock], or somebody without a session.
  boolean isGone() {
    return isOneOfUs() || sessions.isEmpty();
  }

  boolean isOneOfUs() {
    return by != null && by.startsWith(Sessions.APPLICATION);
  }

  @Override
  public String toString() {
    return by + (granted == null ? "" : " since " + granted);
  }
}
