package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Opens connections. TLS is required, and its certificate verified where the authorities are
/// known: those of RDS are Amazon's own, in no runtime's trust store ("Using SSL/TLS to encrypt a
/// connection to a DB instance"). On this very machine it is used where the server offers it.
sealed interface Sessions permits PostgresSessions, MySqlSessions {
  /// What other sessions know ours by, as far as the server tells names of programs.
  String APPLICATION = "db-artifact-converge";

  /// How long a connection may take.
  Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /// A session in which a statement waits at most so long for a lock.
  Connection open(JdbcTarget target, Duration lockTimeout) throws SQLException;

  /// A session that gives up on a server that takes the connection but does not answer.
  ///
  /// @param answer at least one second is given
  Connection openBriefly(JdbcTarget target, Duration answer) throws SQLException;

  /// Why no session can be had, unless that may pass by itself.
  Optional<Login.Why> refusal(SQLException failed);
}
