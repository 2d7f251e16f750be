package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.exception.LiquibaseException;

/// What differs between the kinds of servers that a database can be on. The course of a migration
/// is the same on all of them.
sealed interface Dialect permits PostgresDialect, MySqlDialect {
  static Dialect of(Engine engine) {
    return switch (engine) {
      case AURORA_POSTGRESQL -> new PostgresDialect();
      case AURORA_MYSQL -> new MySqlDialect();
    };
  }

  Sessions sessions();

  /// What keeps migrations of one database apart.
  NamedLock namedLock();

  /// Liquibase's own lock.
  LockTable lockTable();

  /// Such a server in Liquibase's terms, not connected to any.
  AbstractJdbcDatabase liquibase();

  /// What applies change sets, as whole as the server lets them be.
  ///
  /// @param database connected through `connection`
  WholeChangeSets changeSets(
      AbstractJdbcDatabase database, WholeCommits connection, ChangeSetReporter reporter)
      throws LiquibaseException;

  /// What has become of a change set that runs in a transaction and failed; the beginning of a
  /// sentence.
  String afterFailure();

  /// Whether a statement waited for another session's lock for too long.
  boolean isLockTimeout(SQLException failed);

  /// Who else has a transaction open in this database, the oldest first: the ones that a DDL
  /// statement may have waited for in vain.
  String openTransactions(Connection asking) throws SQLException;
}
