package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.core.MySQLDatabase;

/// MySQL and MariaDB: every DDL statement commits what was before it, and itself ("Statements That
/// Cause an Implicit Commit" of the MySQL manual).
///
/// Liquibase always finds MySQL here, never MariaDB, so that `dbms="mysql"` in a changelog means
/// the same on Aurora and on a MariaDB that stands in for it.
record MySqlDialect() implements Dialect {
  /// `ER_LOCK_WAIT_TIMEOUT`: for a row or for a table's definition.
  private static final int LOCK_TIMEOUT = 1205;

  private static final String OPEN =
      """
      SELECT coalesce(group_concat(who SEPARATOR ', '), 'none any more')
      FROM (SELECT concat('id ', p.id, ' (user ', p.user, ' from ', p.host, ', for ',
                          timestampdiff(SECOND, t.trx_started, now()), ' s)') AS who
            FROM information_schema.INNODB_TRX t
            JOIN information_schema.PROCESSLIST p ON p.id = t.trx_mysql_thread_id
            WHERE p.id <> connection_id() AND p.db = database()
            ORDER BY t.trx_started LIMIT 3) oldest
      """;

  @Override
  public Sessions sessions() {
    return new MySqlSessions();
  }

  @Override
  public NamedLock namedLock() {
    return new MySqlLock();
  }

  @Override
  public LockTable lockTable() {
    return new MySqlLockTable();
  }

  @Override
  public AbstractJdbcDatabase liquibase() {
    return new MySQLDatabase();
  }

  @Override
  public WholeChangeSets changeSets(
      AbstractJdbcDatabase database, WholeCommits connection, ChangeSetReporter reporter)
      throws liquibase.exception.LiquibaseException {
    return new MarkedChangeSets(database, connection, reporter);
  }

  @Override
  public String afterFailure() {
    return "What the statements before that one did stays where MySQL commits by itself, as it does"
        + " with all DDL, and is not done again";
  }

  @Override
  public boolean isLockTimeout(SQLException failed) {
    return failed.getErrorCode() == LOCK_TIMEOUT;
  }

  @Override
  public String openTransactions(Connection asking) throws SQLException {
    try (Statement query = asking.createStatement();
        ResultSet row = query.executeQuery(OPEN)) {
      row.next();
      return row.getString(1);
    }
  }
}
