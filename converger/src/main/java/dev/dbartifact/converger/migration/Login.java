package dev.dbartifact.converger.migration;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What one attempt to log in came to. A cluster is ready when one was [Answered]: its status may
/// read `available` while a new password is still on its way.
public sealed interface Login {
  /// The server accepted the password and takes queries.
  record Answered() implements Login {}

  /// The server is there and said no: to the password, the user or the database. That of a password
  /// may pass right after a change of it; nothing else does.
  ///
  /// @param sqlState such as 28P01 for a wrong password; may be empty
  /// @param reason in the server's words
  record Refused(Why why, String sqlState, String reason) implements Login {}

  /// What callers tell apart.
  enum Why {
    /// The password, or a user that may not log in.
    CREDENTIALS,
    NO_DATABASE,
    /// The server does not speak TLS.
    NO_TLS,
    /// The server's certificate is of no known authority, or of another name.
    NOT_TRUSTED,
    OTHER
  }

  /// Nobody answers yet: the name does not resolve, the connection is refused, the server is
  /// starting up or has no room.
  record NotYet(String reason) implements Login {}

  /// Nothing comes back within the time given: no packet may reach the server, or none of its
  /// answers this machine.
  record Silent(String reason) implements Login {}

  /// Tries once.
  ///
  /// @param patience how long a server may take to answer; at least one second is given
  static Login attempt(JdbcTarget target, Duration patience) {
    Sessions sessions = target.dialect().sessions();
    try (Connection _ = sessions.openBriefly(target, patience)) {
      return new Answered();
    } catch (SQLException failed) {
      String state = Objects.requireNonNullElse(failed.getSQLState(), "");
      String reason = FailureText.of(failed, target.password());
      Optional<Why> refusal = sessions.refusal(failed);
      if (refusal.isPresent()) {
        return new Refused(refusal.get(), state, reason);
      }
      return FailureText.find(SocketTimeoutException.class, failed) == null
          ? new NotYet(reason)
          : new Silent(reason);
    }
  }
}
