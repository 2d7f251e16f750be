package dev.dbartifact.localengine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/// A program that uses AWS's driver for Aurora as its documentation says, and prints which instance
/// answers it. It runs in a JVM of its own, which can be told of a hosts file.
final class AwsDriverClient {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// "FailoverSuccessSQLException" in "Using the failover plugin" of the driver's documentation.
  private static final String FAILED_OVER = "08S02";

  private AwsDriverClient() {}

  /// @param args the URL, and the plugins, if not those that the driver has by default
  public static void main(String[] args) throws Exception {
    var properties = new Properties();
    properties.setProperty("user", "shop");
    properties.setProperty("password", TestEngine.PASSWORD);
    if (args.length > 1) {
      properties.setProperty("wrapperPlugins", args[1]);
    }
    try (var connection = DriverManager.getConnection(args[0], properties)) {
      say("writer", connection);
      if (args.length > 1) {
        connection.setReadOnly(true);
        say("reader", connection);
        connection.setReadOnly(false);
        say("writer", connection);
      } else {
        say("then", awaitFailover(connection));
      }
    }
    System.exit(0);
  }

  private static Connection awaitFailover(Connection connection) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        instance(connection);
      } catch (SQLException e) {
        if (e.getSQLState().equals(FAILED_OVER)) {
          return connection;
        }
        throw new IllegalStateException("Not failed over, but " + e.getSQLState(), e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IllegalStateException("No failover within " + PATIENCE);
  }

  private static void say(String what, Connection connection) throws SQLException {
    System.out.println(what + " " + instance(connection));
  }

  private static String instance(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT aurora_db_instance_identifier(), pg_is_in_recovery()")) {
      rows.next();
      return rows.getString(1) + (rows.getBoolean(2) ? " reads" : " writes");
    }
  }
}
