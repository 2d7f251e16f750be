package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// An empty database on a real server, a folder of changelogs, and migrations of the one by the
/// others.
abstract class MigrationFixture {
  @TempDir Path root;
  ChangelogFolder folder;
  final JdbcTarget target;
  final Recorded said = new Recorded();
  private final TestServer server;
  private final Duration forTables;

  /// @param forTables how long a migration waits for a table that somebody else has locked
  MigrationFixture(TestServer server, Duration forTables) {
    this.server = server;
    this.forTables = forTables;
    this.target = server.freshDatabase();
  }

  @BeforeEach
  void folder() {
    folder = new ChangelogFolder(root);
  }

  MigrationResult update(String changelog) throws MigrationException {
    return migration(MigrationSettings.DEFAULT).update(target, root, changelog, "", "");
  }

  /// One that waits for nobody longer than a second.
  SchemaMigration migration(MigrationSettings settings) {
    return new SchemaMigration(
        new MigrationSettings(Duration.ofSeconds(1), forTables, settings.codeAllowed()), said);
  }

  MigrationException failure(String changelog) {
    return catchThrowableOfType(MigrationException.class, () -> update(changelog));
  }

  /// A session of somebody else.
  Connection connect() throws SQLException {
    return server.connect(target);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect()) {
      execute(connection, sql);
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String query) throws SQLException {
    try (Connection connection = connect()) {
      return text(connection, query);
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
