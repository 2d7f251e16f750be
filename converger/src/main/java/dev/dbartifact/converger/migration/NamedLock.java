package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// A lock that a session holds by name, and that the server releases when the session ends, however
/// it ends.
sealed interface NamedLock permits PostgresLock, MySqlLock {
  /// The session that is to hold the lock: `working` itself, or another one that the caller closes.
  Connection session(JdbcTarget target, Connection working, Duration atMost) throws SQLException;

  /// Takes it if it is free.
  boolean tryTake(Connection session) throws SQLException;

  /// Waits for it.
  ///
  /// @param atMost as it was said to [#session]
  /// @return whether it was had in time
  boolean take(Connection session, Duration atMost) throws SQLException;

  /// @return whether it was still held
  boolean release(Connection session) throws SQLException;

  /// Who holds it, for people.
  String holder(Connection asking) throws SQLException;

  /// How a session that hangs is ended.
  String howToEnd();
}
