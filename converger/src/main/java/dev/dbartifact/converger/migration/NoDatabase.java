package dev.dbartifact.converger.migration;

import java.io.File;
import java.util.List;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.OfflineChangeLogHistoryService;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.OfflineConnection;
import liquibase.exception.DatabaseException;
import liquibase.resource.ResourceAccessor;

/// Stands where Liquibase wants a connection, when a changelog is only read. Its history can be
/// looked at and is never written; Liquibase's own offline connection keeps one in a file of the
/// working directory.
final class NoDatabase extends OfflineConnection {
  /// What was applied before, asked for when it is needed.
  @FunctionalInterface
  interface History {
    History EMPTY = List::of;

    List<RanChangeSet> applied() throws DatabaseException;
  }

  private final History history;

  /// @param kind Liquibase's short name of the kind of database that it would be
  NoDatabase(String kind, ResourceAccessor files, History history) {
    super("offline:" + kind, files);
    this.history = history;
  }

  @Override
  protected ChangeLogHistoryService createChangeLogHistoryService(Database database) {
    return new ReadOnlyHistory(database);
  }

  private final class ReadOnlyHistory extends OfflineChangeLogHistoryService {
    ReadOnlyHistory(Database database) {
      super(database, new File("nowhere"), false, false);
    }

    /// Of this one only: Liquibase would take it for that of any other that is not connected.
    @Override
    public boolean supports(Database asked) {
      return asked.getConnection() == NoDatabase.this;
    }

    @Override
    public void init() {}

    @Override
    public List<RanChangeSet> getRanChangeSets() throws DatabaseException {
      return history.applied();
    }
  }
}
