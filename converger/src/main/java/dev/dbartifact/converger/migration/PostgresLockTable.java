package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Optional;

/// In PostgreSQL a session counts unless it began after the row was set in whatever time zone, its
/// user may not write the row, or it is no Liquibase by its name.
record PostgresLockTable() implements LockTable {
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

  @Override
  public String name() {
    return "databasechangeloglock";
  }

  @Override
  public boolean exists(Connection connection) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet table = query.executeQuery("SELECT to_regclass('databasechangeloglock')")) {
      return table.next() && table.getString(1) != null;
    }
  }

  @Override
  public String same(String column) {
    return column + " IS NOT DISTINCT FROM ?";
  }

  @Override
  public String taken() {
    return "?";
  }

  @Override
  public String givenBack() {
    return "NULL";
  }

  @Override
  public Optional<String> sessions(Connection asking, Timestamp granted) throws SQLException {
    try (PreparedStatement query = asking.prepareStatement(SESSIONS)) {
      query.setString(1, Sessions.APPLICATION);
      query.setObject(2, granted == null ? null : granted.toLocalDateTime(), Types.TIMESTAMP);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }
}
