package dev.dbartifact.examples.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/// A database behind an address, and who logs in to it with a password, as an application would.
record Database(String host, int port, String name, String user, String password) {
  private static final Duration AT_ONCE = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// Nobody listens there yet, or the server still starts (PostgreSQL, appendix "PostgreSQL Error
  /// Codes": connection exceptions, `cannot_connect_now`), or one has just ended with its sessions
  /// (`admin_shutdown`, `crash_shutdown`).
  private static final Set<String> NOT_YET =
      Set.of("08001", "08004", "08006", "57P01", "57P02", "57P03");

  Database at(String otherHost, int otherPort) {
    return new Database(otherHost, otherPort, name, user, password);
  }

  Database named(String otherName) {
    return new Database(host, port, otherName, user, password);
  }

  /// Asks again and again until the query is answered with a row.
  ///
  /// @throws SQLException if it is refused for another reason than being too early
  void awaitAnswer(String query) throws SQLException {
    awaitAnswer(query, AT_ONCE);
  }

  /// The same, asked less often: whoever is refused has made the server begin a session.
  void awaitAnswer(String query, Duration pause) throws SQLException {
    awaitAnswer(query, _ -> true, pause);
  }

  /// The same, until it is answered with this number.
  void awaitAnswer(String query, long wanted) throws SQLException {
    awaitAnswer(query, answer -> answer == wanted, AT_ONCE);
  }

  private void awaitAnswer(String query, LongPredicate wanted, Duration pause) throws SQLException {
    long begin = System.nanoTime();
    while (true) {
      boolean late = Command.since(begin).compareTo(PATIENCE) > 0;
      try {
        if (wanted.test(ask(query))) {
          return;
        }
        if (late) {
          throw new SQLException("another answer was waited for in vain: " + query);
        }
      } catch (SQLException e) {
        if (late || e.getSQLState() == null || !NOT_YET.contains(e.getSQLState())) {
          throw e;
        }
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /// Logs in and stays, for [#awaitEnd].
  Connection stay() throws SQLException {
    return open();
  }

  /// Waits until the server ends, which ends this session of it: who only waits takes no processor
  /// from it.
  ///
  /// @throws SQLException if the session goes on for five minutes, or ends for another reason
  static void awaitEnd(Connection session) throws SQLException {
    try (var statement = session.createStatement()) {
      statement.execute("SELECT pg_sleep(%d)".formatted(PATIENCE.toSeconds()));
    } catch (SQLException e) {
      if (e.getSQLState() != null && NOT_YET.contains(e.getSQLState())) {
        return;
      }
      throw e;
    }
    throw new SQLException("the server goes on, though its end was asked for");
  }

  void execute(String sql) throws SQLException {
    try (var connection = open();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// The first column of the first row, as a number.
  long ask(String query) throws SQLException {
    try (var connection = open();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      if (!row.next()) {
        throw new SQLException("no row for " + query);
      }
      return row.getLong(1);
    }
  }

  private Connection open() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    // As the engine's servers demand by default; those by hand have the same settings and rules.
    properties.setProperty("sslmode", "require");
    properties.setProperty("gssEncMode", "disable");
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(host, port, name), properties);
  }
}
