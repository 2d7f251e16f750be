package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A server of MariaDB with a master user, a table, a user `app` and a role `team`.
abstract class MariaDbUsersFixture extends MariaDbHostFixture
    implements VolumesUnderTest.OnPlainFiles {
  static final String ENGINE = System.getProperty("user.name");

  Listen listen;

  void start(String masterUser) throws Exception {
    host.create(
        SOURCE,
        new NewDatabase(
            ServerKind.MARIADB, version(), masterUser, new Secret(PASSWORD), Optional.of("shop")));
    listen = freeAddress();
    host.start(SOURCE, listen);
    execute(
        masterUser,
        "CREATE TABLE shop.item (id int PRIMARY KEY)",
        "CREATE USER app IDENTIFIED BY 'app'",
        "CREATE ROLE team");
  }

  /// In no database.
  private Sql asks(String user, String password) {
    return new Sql(ServerKind.MARIADB, listen, user, password, "");
  }

  Connection connect(String user) throws SQLException {
    return connect(user, PASSWORD);
  }

  Connection connect(String user, String password) throws SQLException {
    return asks(user, password).connect();
  }

  void execute(String user, String... statements) throws SQLException {
    asks(user, PASSWORD).execute(statements);
  }

  String value(String user, String query) throws SQLException {
    return asks(user, PASSWORD).value(query);
  }

  /// Why each statement failed, by statement; empty where it did not.
  Map<String, String> outcomes(String user, List<String> statements) throws SQLException {
    try (var connection = connect(user)) {
      return outcomes(connection, statements);
    }
  }

  static Map<String, String> outcomes(Connection connection, List<String> statements)
      throws SQLException {
    var outcomes = new LinkedHashMap<String, String>();
    try (var statement = connection.createStatement()) {
      for (var sql : statements) {
        try {
          statement.execute(sql);
          outcomes.put(sql, "");
        } catch (SQLException e) {
          outcomes.put(sql, e.getMessage());
        }
      }
    }
    return outcomes;
  }

  void asSuperuser(String... statements) throws IOException {
    EngineStatements.run(server(SOURCE), statements);
  }
}
