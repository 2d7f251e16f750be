package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/// A session-level advisory lock of PostgreSQL. On a connection of its own, which still answers
/// questions when a transaction of the one that works has failed.
record PostgresLock() implements NamedLock {
  /// The letters "dbaf". Advisory locks belong to a database already; the second half of the key
  /// only tells names apart for a reader of `pg_locks`.
  static final int KEY = 0x64626166;

  private static final String HOLDER =
      """
      SELECT format('%s (pid %s, connected from %s since %s)',
                    coalesce(nullif(a.application_name, ''), 'an unnamed program'), a.pid,
                    coalesce(host(a.client_addr), 'the server itself'),
                    to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid::bigint = ? AND l.objid::bigint = ?
      """;

  @Override
  public Connection session(JdbcTarget target, Connection working, Duration atMost)
      throws SQLException {
    return new PostgresSessions().open(target, atMost);
  }

  @Override
  public boolean tryTake(Connection session) throws SQLException {
    return isTrue(session, "SELECT pg_try_advisory_lock(?, ?)");
  }

  /// The session's `lock_timeout` ends it.
  @Override
  public boolean take(Connection session, Duration atMost) throws SQLException {
    try (PreparedStatement query = keyed(session, "SELECT pg_advisory_lock(?, ?)")) {
      query.execute();
      return true;
    } catch (SQLException failed) {
      if (new PostgresDialect().isLockTimeout(failed)) {
        return false;
      }
      throw failed;
    }
  }

  @Override
  public boolean release(Connection session) throws SQLException {
    return isTrue(session, "SELECT pg_advisory_unlock(?, ?)");
  }

  @Override
  public String holder(Connection asking) throws SQLException {
    try (PreparedStatement query = asking.prepareStatement(HOLDER)) {
      query.setLong(1, Integer.toUnsignedLong(KEY));
      query.setLong(2, Integer.toUnsignedLong(name(asking)));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : "a session that has just ended";
      }
    }
  }

  @Override
  public String howToEnd() {
    return "SELECT pg_terminate_backend(pid)";
  }

  private static boolean isTrue(Connection session, String question) throws SQLException {
    try (PreparedStatement query = keyed(session, question);
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static PreparedStatement keyed(Connection session, String sql) throws SQLException {
    PreparedStatement statement = session.prepareStatement(sql);
    statement.setInt(1, KEY);
    statement.setInt(2, name(session));
    return statement;
  }

  private static int name(Connection session) throws SQLException {
    return session.getCatalog().hashCode();
  }
}
