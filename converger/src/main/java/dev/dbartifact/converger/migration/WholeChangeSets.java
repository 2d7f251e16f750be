package dev.dbartifact.converger.migration;

import java.util.Set;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ChangeSetFilterResult;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.exception.LiquibaseException;

/// Applies change sets, each together with its row in the history. One that must not run in a
/// transaction (`runInTransaction="false"`) cannot be whole, and is left to Liquibase.
sealed class WholeChangeSets extends UpdateVisitor permits MarkedChangeSets {
  private final WholeCommits connection;

  WholeChangeSets(Database database, WholeCommits connection, ChangeSetReporter reporter)
      throws LiquibaseException {
    super(database, reporter, new ShouldRunChangeSetFilter(database));
    this.connection = connection;
  }

  /// The change set and its row are there, and not committed yet.
  void recorded() throws LiquibaseException {}

  @Override
  public void visit(
      ChangeSet changeSet,
      DatabaseChangeLog changelog,
      Database database,
      Set<ChangeSetFilterResult> filterResults)
      throws LiquibaseException {
    if (!changeSet.isRunInTransaction()) {
      super.visit(changeSet, changelog, database, filterResults);
      return;
    }
    connection.hold();
    boolean whole = false;
    try {
      super.visit(changeSet, changelog, database, filterResults);
      recorded();
      whole = true;
    } finally {
      connection.settle(whole);
    }
  }
}
