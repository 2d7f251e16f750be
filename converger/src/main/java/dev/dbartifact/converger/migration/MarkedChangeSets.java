package dev.dbartifact.converger.migration;

import java.util.Set;
import liquibase.Scope;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.Database;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.executor.ExecutorService;

/// Applies change sets on a server that keeps DDL at once: rows are kept together with the change
/// set's row in the history, and what is kept earlier is marked, see [Mark].
final class MarkedChangeSets extends WholeChangeSets {
  private final MarkedExecutor executor;
  private final ShouldRunChangeSetFilter pending;

  MarkedChangeSets(
      AbstractJdbcDatabase database, WholeCommits connection, ChangeSetReporter reporter)
      throws LiquibaseException {
    super(database, connection, reporter);
    executor = new MarkedExecutor(database, connection, reporter::notice);
    pending = new ShouldRunChangeSetFilter(database);
    Scope.getCurrentScope()
        .getSingleton(ExecutorService.class)
        .setExecutor("jdbc", database, executor);
  }

  @Override
  public void visit(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> filterResults)
      throws LiquibaseException {
    if (!changeSet.isRunInTransaction() || !pending.accepts(changeSet).isAccepted()) {
      super.visit(changeSet, changelog, database, filterResults);
      return;
    }
    if (executor.begin(changeSet.toString(false))) {
      // They held when it was begun, and what it did since may be what they ask.
      changeSet.setPreconditions(null);
    }
    try {
      super.visit(changeSet, changelog, database, filterResults);
    } catch (LiquibaseException | RuntimeException failed) {
      forgetDoubt(failed);
      throw failed;
    }
  }

  /// A server that is gone leaves its doubt.
  private void forgetDoubt(Exception failed) {
    try {
      executor.fail();
    } catch (DatabaseException lost) {
      failed.addSuppressed(lost);
    }
  }

  @Override
  void recorded() throws LiquibaseException {
    if (executor.isUnderway()) {
      executor.end();
    }
  }
}
