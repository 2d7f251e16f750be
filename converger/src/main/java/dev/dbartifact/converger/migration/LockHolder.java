package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Optional;

/// Who set the row of `databasechangeloglock`, and whether they can still be at work.
///
/// Liquibase writes its machine and its own clock into the row, in its own time zone, and says
/// nothing of its session. So a session counts as a possible holder unless something rules it out:
/// it began after the row was set in whatever time zone, its user may not write the row, or it is
/// no Liquibase by its name. A clone that inherited the row has no such session.
///
/// @param by as the row says: Liquibase writes `host (address)`
/// @param granted as the row says, in a time zone that it does not tell
/// @param sessions those that may hold it, for people; empty: none can
record LockHolder(String by, Timestamp granted, Optional<String> sessions) {
  private static final String ROW =
      "SELECT lockedby, lockgranted FROM databasechangeloglock WHERE id = 1 AND locked";

  /// The zone furthest west is 12 hours behind UTC; five minutes for clocks that are wrong.
  private static final String SESSIONS =
      """
      SELECT string_agg(format('pid %s (%s of user %s from %s since %s)', pid,
                               coalesce(nullif(application_name, ''), 'an unnamed program'), usename,
                               coalesce(host(client_addr), 'the server itself'),
                               coalesce(to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), 'some time')),
                        ', ' ORDER BY backend_start)
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND coalesce(backend_type, 'client backend') = 'client backend'
        AND application_name NOT IN (?, 'psql', 'pg_dump', 'pg_restore')
        AND usename <> 'rdsadmin'
        AND has_table_privilege(usesysid, 'databasechangeloglock', 'UPDATE')
        AND coalesce(backend_start AT TIME ZONE 'UTC' <= ? + interval '12 hours 5 minutes', true)
      """;

  /// Nobody where there is no such table, or the row is free.
  static Optional<LockHolder> find(Connection connection) throws SQLException {
    if (!hasTable(connection)) {
      return Optional.empty();
    }
    try (Statement query = connection.createStatement();
        ResultSet row = query.executeQuery(ROW)) {
      if (!row.next()) {
        return Optional.empty();
      }
      String by = row.getString(1);
      Timestamp granted = row.getTimestamp(2);
      return Optional.of(new LockHolder(by, granted, sessions(connection, granted)));
    }
  }

  /// Whether whoever set it is gone for certain: one of us, which only matters while we hold the
  /// [MigrationLock], or somebody without a session.
  boolean isGone() {
    return isOneOfUs() || sessions.isEmpty();
  }

  boolean isOneOfUs() {
    return by != null && by.startsWith(Session.APPLICATION);
  }

  private static boolean hasTable(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet table = query.executeQuery("SELECT to_regclass('databasechangeloglock')")) {
      return table.next() && table.getString(1) != null;
    }
  }

  private static Optional<String> sessions(Connection connection, Timestamp granted)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(SESSIONS)) {
      query.setString(1, Session.APPLICATION);
      query.setObject(
          2, granted == null ? null : granted.toLocalDateTime(), java.sql.Types.TIMESTAMP);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  @Override
  public String toString() {
    return by + (granted == null ? "" : " since " + granted);
  }
}
