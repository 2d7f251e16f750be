package dev.dbartifact.converger.migration;

import java.io.File;
import java.util.List;
import liquibase.changelog.ChangeLogHistoryService;
import liquibase.changelog.OfflineChangeLogHistoryService;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.OfflineConnection;
import liquibase.resource.ResourceAccessor;

/// Stands where Liquibase wants a connection, when a changelog is only read. Its history is always
/// empty; Liquibase's own offline connection keeps one in a file of the working directory.
final class NoDatabase extends OfflineConnection {
  /// @param kind Liquibase's short name of the kind of database that it would be
  NoDatabase(String kind, ResourceAccessor files) {
    super("offline:" + kind, files);
  }

  @Override
  protected ChangeLogHistoryService createChangeLogHistoryService(Database database) {
    return new EmptyHistory(database);
  }

  private static final class EmptyHistory extends OfflineChangeLogHistoryService {
    EmptyHistory(Database database) {
      super(database, new File("nowhere"), false, false);
    }

    @Override
    public void init() {}

    @Override
    public List<RanChangeSet> getRanChangeSets() {
      return List.of();
    }
  }
}
