package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.util.List;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.lockservice.LockServiceFactory;

/// A changelog against the database of an open session, which it can be applied to.
final class ChangelogUpdate extends ChangelogRun {
  private final Dialect dialect;
  private final WholeCommits connection;
  private final ChangeLogHistoryService history;

  ChangelogUpdate(Connection session, Dialect dialect, ChangelogFilters filters) {
    this(new WholeCommits(session), dialect, filters);
  }

  private ChangelogUpdate(WholeCommits connection, Dialect dialect, ChangelogFilters filters) {
    super(connection, dialect, filters);
    this.dialect = dialect;
    this.connection = connection;
    this.history =
        Scope.getCurrentScope()
            .getSingleton(ChangeLogHistoryServiceFactory.class)
            .getChangeLogService(database());
  }

  /// Those that the database does not have yet, after checking those that it has.
  ///
  /// @throws ValidationFailedException when an applied change set was edited
  List<ChangeSet> pending() throws LiquibaseException {
    history.reset();
    validateAgainstHistory();
    var shouldRun = new ShouldRunChangeSetFilter(database());
    return selected().stream().filter(each -> shouldRun.accepts(each).isAccepted()).toList();
  }

  /// Makes Liquibase's two tables where they are missing.
  void prepareTables() throws LiquibaseException {
    history.init();
    LockServiceFactory.getInstance().getLockService(database()).init();
  }

  void apply(ChangeSetReporter reporter) throws LiquibaseException {
    visit(dialect.changeSets(database(), connection, reporter));
  }
}
