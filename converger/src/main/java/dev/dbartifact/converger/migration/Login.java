package dev.dbartifact.converger.migration;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/// What one attempt to log in came to. A cluster is ready when one was [Answered]: its status may
/// read `available` while a new password is still on its way.
public sealed interface Login {
  /// The server accepted the password and takes queries.
  record Answered() implements Login {}

  /// The server is there and said no: to the password, the user or the database. That of a password
  /// may pass right after a change of it; nothing else does.
  ///
  /// @param sqlState such as 28P01 for a wrong password
  /// @param reason in the server's words
  record Refused(String sqlState, String reason) implements Login {}

  /// Nobody answers yet: the name does not resolve, the connection is refused, the server is
  /// starting up (57P03) or has no room (53300).
  record NotYet(String reason) implements Login {}

  /// Nothing comes back within the time given: no packet may reach the server, or none of its
  /// answers this machine.
  record Silent(String reason) implements Login {}

  /// The codes of [Refused] that callers tell apart.
  /// [Source](https://www.postgresql.org/docs/current/errcodes-appendix.html).
  String NOT_AUTHORIZED = "28000";

  String WRONG_PASSWORD = "28P01";
  String NO_DATABASE = "3D000";
  String NO_DRIVER = "0A000";
  String NO_TLS = "08004";

  /// The server's certificate is of no known authority, or of another name.
  String NOT_TRUSTED = "08006";

  /// The driver tells the name of what has checked the name in the certificate, in every language,
  /// and nothing else of that failure.
  String NAME_CHECK = "PgjdbcHostnameVerifier";

  /// The classes of codes that pass: connection exceptions, insufficient resources, operator
  /// intervention (a server starting up), system and internal errors. A code of no class is the
  /// driver's own trouble with the connection.
  Set<String> PASSING = Set.of("08", "53", "57", "58", "XX");

  /// Tries once.
  ///
  /// @param patience how long a server may take to answer; at least one second is given
  static Login attempt(JdbcTarget target, Duration patience) {
    try (Connection _ = Session.openBriefly(target, patience)) {
      return new Answered();
    } catch (SQLException failed) {
      String state = Objects.requireNonNullElse(failed.getSQLState(), "");
      String reason = FailureText.of(failed, target.password());
      if (!passes(state, failed)) {
        return new Refused(state, reason);
      }
      return FailureText.find(SocketTimeoutException.class, failed) == null
          ? new NotYet(reason)
          : new Silent(reason);
    }
  }

  private static boolean passes(String state, SQLException failed) {
    boolean untrusted = FailureText.find(CertificateException.class, failed) != null;
    boolean ofPassingClass = state.length() < 2 || PASSING.contains(state.substring(0, 2));
    boolean ofAnotherName = String.valueOf(failed.getMessage()).contains(NAME_CHECK);
    return ofPassingClass && !untrusted && !ofAnotherName && !state.equals(NO_TLS);
  }
}
