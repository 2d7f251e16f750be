package dev.dbartifact.localengine.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Asks a database over TCP with user and password, as everybody does.
record Sql(Listen listen, String user, String password, String database) {
  Connection connect() throws SQLException {
    var url =
        "jdbc:postgresql://%s/%s?connectTimeout=10&socketTimeout=60".formatted(listen, database);
    return DriverManager.getConnection(url, user, password);
  }

  void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String value(String query) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  Sql as(String otherUser, String otherPassword) {
    return new Sql(listen, otherUser, otherPassword, database);
  }

  Sql in(String otherDatabase) {
    return new Sql(listen, user, password, otherDatabase);
  }
}
