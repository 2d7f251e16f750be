package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Optional;

/// Liquibase's table with one row, and the sessions that may have set that row.
sealed interface LockTable permits PostgresLockTable, MySqlLockTable {
  /// As the server spells it.
  String name();

  boolean exists(Connection connection) throws SQLException;

  /// A condition: the column holds the parameter, or both are null.
  String same(String column);

  /// What `lockedby` becomes when the row is taken by the one that the parameter names.
  String taken();

  /// What `lockedby` becomes when the row is given back.
  String givenBack();

  /// The sessions that may be at work since the row was set, for people; empty: none can. Only a
  /// session that something rules out does not count.
  ///
  /// @param granted as the row says, in a time zone that it does not tell
  Optional<String> sessions(Connection asking, Timestamp granted) throws SQLException;
}
