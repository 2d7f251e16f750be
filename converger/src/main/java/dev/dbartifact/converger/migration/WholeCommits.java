package dev.dbartifact.converger.migration;

import java.sql.Connection;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;

/// A connection on which a change set and the row that records it are committed as one. Liquibase
/// commits them one after the other: killed in between, it would run the change set again.
final class WholeCommits extends JdbcConnection {
  private boolean held;

  WholeCommits(Connection connection) {
    super(connection);
  }

  /// From here on commits wait for [#settle].
  void hold() {
    held = true;
  }

  /// Keeps all that was done since [#hold], or nothing of it.
  void settle(boolean keep) throws DatabaseException {
    held = false;
    if (keep) {
      commit();
    } else {
      rollback();
    }
  }

  /// Keeps what was done so far, and goes on holding.
  void keepSoFar() throws DatabaseException {
    super.commit();
  }

  @Override
  public void commit() throws DatabaseException {
    if (!held) {
      super.commit();
    }
  }
}
