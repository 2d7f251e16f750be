package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// A user-level lock of MySQL ("Locking Functions" of its manual), whose name is the whole
/// server's. Held by the session that works: when this JVM dies the server finishes the statement
/// at hand, which may take long, and until then nobody else must begin.
record MySqlLock() implements NamedLock {
  /// A name has at most 64 characters, as many as the name of a database.
  static final String NAME = "concat('db-artifact-', sha1(database()))";

  private static final String HOLDER =
      """
      SELECT concat('id ', id, ' (user ', user, ' from ', host, ', ', lower(command), ' for ', time, ' s)')
      FROM information_schema.PROCESSLIST WHERE id = is_used_lock(%s)
      """
          .formatted(NAME);

  @Override
  public Connection session(JdbcTarget target, Connection working, Duration atMost) {
    return working;
  }

  @Override
  public boolean tryTake(Connection session) throws SQLException {
    return take(session, 0);
  }

  @Override
  public boolean take(Connection session, Duration atMost) throws SQLException {
    return take(session, MySqlSessions.wholeSeconds(atMost));
  }

  private static boolean take(Connection session, long seconds) throws SQLException {
    try (PreparedStatement query = session.prepareStatement("SELECT get_lock(" + NAME + ", ?)")) {
      query.setLong(1, seconds);
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getInt(1) == 1;
      }
    }
  }

  @Override
  public boolean release(Connection session) throws SQLException {
    try (Statement query = session.createStatement();
        ResultSet row = query.executeQuery("SELECT release_lock(" + NAME + ")")) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  @Override
  public String holder(Connection asking) throws SQLException {
    try (Statement query = asking.createStatement();
        ResultSet row = query.executeQuery(HOLDER)) {
      return row.next() ? row.getString(1) : "a session that has just ended";
    }
  }

  @Override
  public String howToEnd() {
    return "KILL id";
  }
}
