package dev.dbartifact.converger.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ContextChangeSetFilter;
import liquibase.changelog.filter.DbmsChangeSetFilter;
import liquibase.changelog.filter.IgnoreChangeSetFilter;
import liquibase.changelog.filter.LabelChangeSetFilter;
import liquibase.changelog.visitor.ChangeSetVisitor;
import liquibase.changelog.visitor.ListVisitor;
import liquibase.changelog.visitor.ValidatingVisitor;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.DatabaseConnection;
import liquibase.exception.LiquibaseException;
import liquibase.exception.ValidationFailedException;
import liquibase.executor.ExecutorService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.precondition.Precondition;
import liquibase.resource.ResourceAccessor;

/// One changelog against one database, in Liquibase's terms. Lives inside a [LiquibaseScope].
///
/// Goes to parser, history and visitors directly rather than through Liquibase's command framework:
/// that one keeps the state of a run in shared steps (liquibase/liquibase#7220), loads every
/// command there is, and reports home.
sealed class ChangelogRun implements AutoCloseable permits ChangelogUpdate {
  private final Dialect dialect;
  private final AbstractJdbcDatabase database;
  private final Contexts contexts;
  private final LabelExpression labels;

  private DatabaseChangeLog changelog;

  /// Against no database: reads and validates only.
  static ChangelogRun offline(Dialect dialect, ChangelogFilters filters) {
    return new ChangelogRun(nowhere(dialect, NoDatabase.History.EMPTY), dialect, filters);
  }

  private static NoDatabase nowhere(Dialect dialect, NoDatabase.History history) {
    ResourceAccessor files = Scope.getCurrentScope().getResourceAccessor();
    return new NoDatabase(dialect.liquibase().getShortName(), files, history);
  }

  ChangelogRun(DatabaseConnection connection, Dialect dialect, ChangelogFilters filters) {
    this.dialect = dialect;
    database = dialect.liquibase();
    database.setConnection(connection);
    contexts = new Contexts(filters.contexts());
    labels = new LabelExpression(filters.labels());
  }

  final AbstractJdbcDatabase database() {
    return database;
  }

  /// Reads the changelog with everything it includes. Properties come from the changelog alone:
  /// this JVM's environment holds credentials, which no change set may spell out.
  ///
  /// Writes nothing, as no lock is held yet: for each file that is included, Liquibase makes the
  /// table of its history in the database of the scope, before it looks up under which paths the
  /// change sets were applied.
  void parse(String file) throws Exception {
    var parameters = new ChangelogProperties(database);
    parameters.setContexts(contexts);
    parameters.setLabels(labels);
    ResourceAccessor files = Scope.getCurrentScope().getResourceAccessor();
    changelog =
        Scope.child(
            Map.of(Scope.Attr.database.name(), readOnly()),
            () ->
                ChangeLogParserFactory.getInstance()
                    .getParser(file, files)
                    .parse(file, parameters, files));
  }

  private AbstractJdbcDatabase readOnly() {
    AbstractJdbcDatabase copy = dialect.liquibase();
    copy.setConnection(nowhere(dialect, database::getRanChangeSetList));
    return copy;
  }

  /// The conditions of the changelog itself and of all that it includes, if it has any.
  Optional<Precondition> preconditions() {
    return Optional.ofNullable(changelog.getPreconditions());
  }

  /// The change sets of the changelog that the filters let through.
  List<ChangeSet> selected() throws LiquibaseException {
    var visitor = new ListVisitor();
    visit(visitor);
    return visitor.getSeenChangeSets();
  }

  /// Checks the change sets by themselves: that each is complete, and none is there twice.
  ///
  /// @throws ValidationFailedException with everything that is wrong
  void validate() throws LiquibaseException {
    var visitor = new ValidatingVisitor(List.of());
    visit(visitor);
    if (!visitor.validationPassed()) {
      throw new ValidationFailedException(visitor);
    }
  }

  /// Checks them against those that the database has.
  void validateAgainstHistory() throws LiquibaseException {
    changelog.validate(database, contexts, labels);
  }

  void visit(ChangeSetVisitor visitor) throws LiquibaseException {
    var iterator =
        new ChangeLogIterator(
            changelog,
            new ContextChangeSetFilter(contexts),
            new LabelChangeSetFilter(labels),
            new DbmsChangeSetFilter(database),
            new IgnoreChangeSetFilter());
    iterator.run(visitor, new RuntimeEnvironment(database, contexts, labels));
  }

  /// Forgets this database: Liquibase's singletons live as long as the JVM.
  @Override
  public void close() {
    LockServiceFactory.getInstance().resetAll();
    Scope scope = Scope.getCurrentScope();
    scope.getSingleton(ChangeLogHistoryServiceFactory.class).resetAll();
    scope.getSingleton(ExecutorService.class).reset();
  }
}
