package dev.dbartifact.converger.training;

import dev.dbartifact.converger.migration.ChangelogProperties;
import java.nio.file.Path;
import java.util.Map;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.database.OfflineConnection;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.sqlgenerator.SqlGeneratorFactory;

/// Reads a changelog and writes its SQL, with no database behind it.
final class ChangelogRehearsal {
  private ChangelogRehearsal() {}

  /// @return how many statements there are
  static int run(Path root, String file, AbstractJdbcDatabase database) throws Exception {
    // Holds nothing open, so there is nothing to close.
    var files = new DirectoryResourceAccessor(root);
    String url =
        "offline:"
            + database.getShortName()
            + "?outputLiquibaseSql=none&changeLogFile="
            + root.resolve("databasechangelog.csv");
    database.setConnection(new OfflineConnection(url, files));
    return Scope.child(
        Map.of(Scope.Attr.resourceAccessor.name(), files, Scope.Attr.database.name(), database),
        () -> statements(file, files, database));
  }

  private static int statements(
      String file, DirectoryResourceAccessor files, AbstractJdbcDatabase database)
      throws Exception {
    DatabaseChangeLog changelog =
        ChangeLogParserFactory.getInstance()
            .getParser(file, files)
            .parse(file, new ChangelogProperties(database), files);
    int statements = 0;
    for (ChangeSet changeSet : changelog.getChangeSets()) {
      changeSet.generateCheckSum(ChecksumVersion.latest());
      for (Change change : changeSet.getChanges()) {
        for (var statement : change.generateStatements(database)) {
          statements += SqlGeneratorFactory.getInstance().generateSql(statement, database).length;
        }
      }
    }
    return statements;
  }
}
