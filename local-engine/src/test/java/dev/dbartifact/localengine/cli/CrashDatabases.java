package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// The databases of an engine that is killed, as those see them who have their passwords.
record CrashDatabases(CrashingEngine engine) {

  /// What master users are made with.
  static final String OLD = "correct-horse";

  static final String NEW = "battery-staple";

  /// That of a clone which is reset.
  static final String OWN = "third-time-lucky";

  private static final String ROWS = "select count(*) from orders";

  /// Those whose password was changed have the new one.
  Connection connect(DBCluster cluster) throws SQLException {
    if (cluster.masterUserSecret() != null) {
      return connect(cluster, kept(cluster.masterUserSecret().secretArn()));
    }
    try {
      return connect(cluster, OLD);
    } catch (SQLException e) {
      return connect(cluster, NEW);
    }
  }

  private String kept(String secret) {
    try {
      var text = engine.secrets().getSecretValue(r -> r.secretId(secret)).secretString();
      return new ObjectMapper().readTree(text).get("password").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Connection connect(DBCluster cluster, String password) throws SQLException {
    var kind = cluster.engine().equals("aurora-mysql") ? ServerKind.MARIADB : ServerKind.POSTGRESQL;
    return Sql.at(kind, cluster.endpoint(), cluster.port(), "shop", password, "postgres").connect();
  }

  Connection connect(DBInstance plain) throws SQLException {
    var at = plain.endpoint();
    return Sql.at(ServerKind.POSTGRESQL, at.address(), at.port(), "shop", OLD, "postgres")
        .connect();
  }

  boolean isPassword(String id, String password) {
    try (var connection = connect(engine.cluster(id), password)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  void awaitPassword(String id, String password) {
    engine.await("the password of " + id, () -> isPassword(id, password));
  }

  void execute(String id, String password, String... statements) throws SQLException {
    try (var connection = connect(engine.cluster(id), password);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  String rows(DBCluster cluster) throws SQLException {
    return value(cluster, ROWS);
  }

  static String rows(Connection connection) throws SQLException {
    return value(connection, ROWS);
  }

  String value(DBCluster cluster, String query) throws SQLException {
    try (var connection = connect(cluster)) {
      return value(connection, query);
    }
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
