package dev.dbartifact.localengine.server;

import java.net.InetAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Asks a database over TCP with user and password, as everybody does.
public record Sql(ServerKind kind, Listen listen, String user, String password, String database) {
  Sql(Listen listen, String user, String password, String database) {
    this(ServerKind.POSTGRESQL, listen, user, password, database);
  }

  /// @param address as digits
  public static Sql at(
      ServerKind kind, String address, int port, String user, String password, String database) {
    var listen = new Listen(InetAddress.ofLiteral(address), port);
    return new Sql(kind, listen, user, password, database);
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url().formatted(listen, database), user, password);
  }

  private String url() {
    return switch (kind) {
      case POSTGRESQL -> "jdbc:postgresql://%s/%s?connectTimeout=10&socketTimeout=60";
      case MARIADB -> "jdbc:mariadb://%s/%s?connectTimeout=10000&socketTimeout=60000";
    };
  }

  public void execute(String... statements) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  public String value(String query) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  public boolean isTaken() {
    try (var connection = connect()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  Sql as(String otherUser, String otherPassword) {
    return new Sql(kind, listen, otherUser, otherPassword, database);
  }

  Sql in(String otherDatabase) {
    return new Sql(kind, listen, user, password, otherDatabase);
  }
}
