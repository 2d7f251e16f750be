package dev.dbartifact.converger.migration;

import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/// Sessions with MySQL and MariaDB. Nothing of a program's name is in the list of sessions there,
/// so each of ours holds a lock that is named after it.
record MySqlSessions() implements Sessions {
  /// A function of SQL for the name of the lock by which a session, given by its id, is known as
  /// ours.
  static final String OURS = "concat('db-artifact-session-', %s)";

  private static final Driver DRIVER = new Driver();

  /// Those that prove the password without telling it, at least over TLS.
  private static final String AUTHENTICATION =
      "mysql_native_password,caching_sha2_password,client_ed25519";

  /// All that the driver says of a server that speaks no TLS; the code is that of any failure.
  private static final String NO_TLS = "ssl not enabled in the server";

  /// All that it says of a certificate of another name.
  private static final String NAME_CHECK = "SSL hostname verification failed";

  /// The server numbers its errors from here; the driver's own have none.
  private static final int FIRST_OF_SERVER = 1000;

  @Override
  public Connection open(JdbcTarget target, Duration lockTimeout) throws SQLException {
    Properties wishes = wishes(target);
    wishes.setProperty(
        "sessionVariables",
        "lock_wait_timeout=%1$d,innodb_lock_wait_timeout=%1$d"
            .formatted(wholeSeconds(lockTimeout)));
    Connection connection = connect(target, wishes);
    try (Statement name = connection.createStatement()) {
      name.execute("SELECT get_lock(" + OURS.formatted("connection_id()") + ", 0)");
    }
    return connection;
  }

  @Override
  public Connection openBriefly(JdbcTarget target, Duration answer) throws SQLException {
    Properties wishes = wishes(target);
    String millis = Long.toString(Math.max(1000, answer.toMillis()));
    wishes.setProperty("connectTimeout", millis);
    wishes.setProperty("socketTimeout", millis);
    return connect(target, wishes);
  }

  /// The server takes no fractions.
  static long wholeSeconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  static Properties wishes(JdbcTarget target) {
    var wishes = new Properties();
    wishes.setProperty("user", target.user().value());
    wishes.setProperty("password", target.password().reveal());
    wishes.setProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()));
    wishes.setProperty("socketFactory", WatchedSockets.class.getName());
    wishes.setProperty("tcpKeepAlive", "true");
    wishes.setProperty("restrictedAuth", AUTHENTICATION);
    // A server asks for a file by its name, and neither it nor a changelog may have the caller's.
    wishes.setProperty("allowLocalInfile", "false");
    wishes.setProperty("sslMode", sslMode(target));
    if (wishes.getProperty("sslMode").equals("verify-full")) {
      wishes.setProperty("serverSslCert", target.authorities().orElseThrow().toString());
    }
    return wishes;
  }

  private static String sslMode(JdbcTarget target) {
    return target.isOnThisMachine() || target.authorities().isEmpty() ? "trust" : "verify-full";
  }

  /// The driver has no word for "where it is offered", so a second attempt stands for it.
  private static Connection connect(JdbcTarget target, Properties wishes) throws SQLException {
    String url = target.endpoint().jdbcUrl();
    try {
      return DRIVER.connect(url, wishes);
    } catch (SQLException failed) {
      if (!target.isOnThisMachine() || !isWithoutTls(failed)) {
        throw failed;
      }
      wishes.setProperty("sslMode", "disable");
      return DRIVER.connect(url, wishes);
    }
  }

  private static boolean isWithoutTls(SQLException failed) {
    return FailureText.of(failed).contains(NO_TLS);
  }

  /// [Source](https://mariadb.com/kb/en/mariadb-error-codes/).
  @Override
  public Optional<Login.Why> refusal(SQLException failed) {
    if (isWithoutTls(failed)) {
      return Optional.of(Login.Why.NO_TLS);
    }
    if (isUntrusted(failed)) {
      return Optional.of(Login.Why.NOT_TRUSTED);
    }
    return switch (failed.getErrorCode()) {
      case 1045, 1698 -> Optional.of(Login.Why.CREDENTIALS); // ER_ACCESS_DENIED…
      case 1049 -> Optional.of(Login.Why.NO_DATABASE); // ER_BAD_DB_ERROR
      // No room (ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS), or on its way down.
      case 1040, 1053, 1203, 1226 -> Optional.empty();
      default ->
          failed.getErrorCode() >= FIRST_OF_SERVER
              ? Optional.of(Login.Why.OTHER)
              : Optional.empty();
    };
  }

  private static boolean isUntrusted(SQLException failed) {
    return FailureText.of(failed).contains(NAME_CHECK)
        || FailureText.find(CertificateException.class, failed) != null;
  }
}
