package dev.dbartifact.converger.migration;

import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/// What one attempt to log in came to. A cluster is ready when one was [Answered]: its status may
/// read `available` while a new password is still on its way.
public sealed interface Login {
  /// The server accepted the password and takes queries.
  record Answered() implements Login {}

  /// The server is there and said no: to the password, the user or the database. Right after a
  /// password change this may pass; at any other time it does not.
  ///
  /// @param sqlState such as 28P01 for a wrong password
  /// @param reason in the server's words
  record Refused(String sqlState, String reason) implements Login {}

  /// Nobody answers yet: the name does not resolve, the connection is refused, the server is
  /// starting up (57P03) or has no room (53300).
  record NotYet(String reason) implements Login {}

  /// Invalid authorization, invalid password, no such database, no driver, no TLS.
  /// [Source](https://www.postgresql.org/docs/current/errcodes-appendix.html).
  Set<String> REFUSALS = Set.of("28000", "28P01", "3D000", "0A000", "08004");

  /// Tries once.
  ///
  /// @param patience how long a server may take to answer; at least one second is given
  static Login attempt(JdbcTarget target, Duration patience) {
    try (Connection _ = Session.openBriefly(target, patience)) {
      return new Answered();
    } catch (SQLException failed) {
      String state = String.valueOf(failed.getSQLState());
      String reason = FailureText.of(failed, target.password());
      boolean untrusted = FailureText.find(CertificateException.class, failed) != null;
      return untrusted || REFUSALS.contains(state)
          ? new Refused(state, reason)
          : new NotYet(reason);
    }
  }
}
