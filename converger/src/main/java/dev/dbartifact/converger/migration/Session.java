package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLState;

/// Opens connections. TLS is required, and its certificate verified where the authorities are
/// known: those of RDS are Amazon's own, in no runtime's trust store ("Using SSL/TLS to encrypt a
/// connection to a DB instance"). On this very machine it is used where the server offers it.
final class Session {
  /// The name that other sessions see in `pg_stat_activity`.
  static final String APPLICATION = "db-artifact-converge";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Driver DRIVER = new Driver();

  private Session() {}

  /// A session for work of unknown length.
  static Connection open(JdbcTarget target) throws SQLException {
    Properties wishes = wishes(target);
    PGProperty.TCP_KEEP_ALIVE.set(wishes, true);
    return connect(target, wishes);
  }

  /// A session in which a statement waits at most so long for a lock, and which the server ends
  /// soon after this JVM died, even in the middle of a long statement.
  static Connection open(JdbcTarget target, Duration lockTimeout) throws SQLException {
    Properties wishes = wishes(target);
    PGProperty.TCP_KEEP_ALIVE.set(wishes, true);
    PGProperty.OPTIONS.set(wishes, "-c lock_timeout=" + lockTimeout.toMillis());
    Connection connection = connect(target, wishes);
    if (connection.getMetaData().getDatabaseMajorVersion() >= 14) {
      try (Statement setting = connection.createStatement()) {
        setting.execute("SET client_connection_check_interval = '1s'");
      }
    }
    return connection;
  }

  /// A session that gives up on a server that takes the connection but does not answer.
  static Connection openBriefly(JdbcTarget target, Duration answer) throws SQLException {
    Properties wishes = wishes(target);
    int seconds = (int) Math.max(1, answer.toSeconds());
    PGProperty.CONNECT_TIMEOUT.set(wishes, seconds);
    PGProperty.SOCKET_TIMEOUT.set(wishes, seconds);
    return connect(target, wishes);
  }

  static Properties wishes(JdbcTarget target) {
    var wishes = new Properties();
    PGProperty.USER.set(wishes, target.user().value());
    PGProperty.PASSWORD.set(wishes, target.password().reveal());
    PGProperty.APPLICATION_NAME.set(wishes, APPLICATION);
    PGProperty.CONNECT_TIMEOUT.set(wishes, (int) CONNECT_TIMEOUT.toSeconds());
    PGProperty.SSL_MODE.set(wishes, sslMode(target));
    target.authorities().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(wishes, file.toString()));
    // Neither is spoken by RDS without a directory; asking costs a round trip and many classes.
    PGProperty.GSS_ENC_MODE.set(wishes, "disable");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(wishes, "11");
    return wishes;
  }

  private static String sslMode(JdbcTarget target) {
    if (target.isOnThisMachine()) {
      return "prefer";
    }
    return target.authorities().isPresent() ? "verify-full" : "require";
  }

  private static Connection connect(JdbcTarget target, Properties wishes) throws SQLException {
    if (target.endpoint().engine() != Engine.AURORA_POSTGRESQL) {
      throw new SQLException(
          "there is no driver for " + target.endpoint().engine() + " here",
          PSQLState.NOT_IMPLEMENTED.getState());
    }
    return DRIVER.connect(target.endpoint().jdbcUrl(), wishes);
  }
}
