package dev.dbartifact.converger.migration;

import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Sessions with PostgreSQL. Others see their name in `pg_stat_activity`.
record PostgresSessions() implements Sessions {
  private static final Driver DRIVER = new Driver();

  /// The driver tells the name of what has checked the name in the certificate, in every language,
  /// and nothing else of that failure.
  private static final String NAME_CHECK = "PgjdbcHostnameVerifier";

  /// The driver's code for a server that does not speak TLS.
  private static final String NO_TLS = "08004";

  /// The classes of codes that pass: connection exceptions, insufficient resources, operator
  /// intervention (a server starting up), system and internal errors. A code of no class is the
  /// driver's own trouble with the connection.
  /// [Source](https://www.postgresql.org/docs/current/errcodes-appendix.html).
  private static final Set<String> PASSING = Set.of("08", "53", "57", "58", "XX");

  /// Ended by the server soon after this JVM died, even in the middle of a long statement.
  @Override
  public Connection open(JdbcTarget target, Duration lockTimeout) throws SQLException {
    Properties wishes = wishes(target);
    PGProperty.OPTIONS.set(wishes, "-c lock_timeout=" + lockTimeout.toMillis());
    Connection connection = connect(target, wishes);
    if (connection.getMetaData().getDatabaseMajorVersion() >= 14) {
      try (Statement setting = connection.createStatement()) {
        setting.execute("SET client_connection_check_interval = '1s'");
      }
    }
    return connection;
  }

  @Override
  public Connection openBriefly(JdbcTarget target, Duration answer) throws SQLException {
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
    PGProperty.SOCKET_FACTORY.set(wishes, WatchedSockets.class.getName());
    PGProperty.TCP_KEEP_ALIVE.set(wishes, true);
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
    return DRIVER.connect(target.endpoint().jdbcUrl(), wishes);
  }

  @Override
  public Optional<Login.Why> refusal(SQLException failed) {
    String state = Objects.requireNonNullElse(failed.getSQLState(), "");
    boolean ofAnotherName = String.valueOf(failed.getMessage()).contains(NAME_CHECK);
    if (ofAnotherName || FailureText.find(CertificateException.class, failed) != null) {
      return Optional.of(Login.Why.NOT_TRUSTED);
    }
    return switch (state) {
      case "28P01", "28000" -> Optional.of(Login.Why.CREDENTIALS);
      case "3D000" -> Optional.of(Login.Why.NO_DATABASE);
      case NO_TLS -> Optional.of(Login.Why.NO_TLS);
      default -> passes(state) ? Optional.empty() : Optional.of(Login.Why.OTHER);
    };
  }

  private static boolean passes(String state) {
    return state.length() < 2 || PASSING.contains(state.substring(0, 2));
  }
}
