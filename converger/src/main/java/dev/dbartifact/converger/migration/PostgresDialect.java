package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.core.PostgresDatabase;
import liquibase.exception.LiquibaseException;

/// PostgreSQL: transactions hold DDL, too.
record PostgresDialect() implements Dialect {
  static final String LOCK_TIMEOUT = "55P03";

  @Override
  public Sessions sessions() {
    return new PostgresSessions();
  }

  @Override
  public NamedLock namedLock() {
    return new PostgresLock();
  }

  @Override
  public LockTable lockTable() {
    return new PostgresLockTable();
  }

  @Override
  public AbstractJdbcDatabase liquibase() {
    return new PostgresDatabase();
  }

  @Override
  public WholeChangeSets changeSets(
      AbstractJdbcDatabase database, WholeCommits connection, ChangeSetReporter reporter)
      throws LiquibaseException {
    return new WholeChangeSets(database, connection, reporter);
  }

  @Override
  public String afterFailure() {
    return "It was rolled back";
  }

  @Override
  public boolean isLockTimeout(SQLException failed) {
    return LOCK_TIMEOUT.equals(failed.getSQLState());
  }

  @Override
  public String openTransactions(Connection asking) throws SQLException {
    return PostgresTransactions.open(asking);
  }
}
