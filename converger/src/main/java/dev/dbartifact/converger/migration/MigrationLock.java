package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one migration of a database run at a time, whoever started it: a session-level advisory
/// lock of PostgreSQL on a connection of its own. The server releases it when that connection ends,
/// however it ends, so it cannot be left behind as Liquibase's own lock row can.
final class MigrationLock implements AutoCloseable {
  /// The letters "dbaf". Advisory locks belong to a database already; the second half of the key
  /// only tells names apart for a reader of `pg_locks`.
  static final int KEY = 0x64626166;

  private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);
  private static final String LOCK_TIMEOUT = "55P03";
  private static final String HOLDER =
      """
      SELECT format('%s (pid %s, connected from %s since %s)',
                    coalesce(nullif(a.application_name, ''), 'an unnamed program'), a.pid,
                    coalesce(host(a.client_addr), 'the server itself'),
                    to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'))
      FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND l.classid::bigint = ? AND l.objid::bigint = ?
      """;

  private final Connection connection;
  private final int name;

  private MigrationLock(Connection connection, int name) {
    this.connection = connection;
    this.name = name;
  }

  /// Waits until no other migration of this database runs.
  ///
  /// @throws MigrationException naming who holds the lock, when that takes longer than `atMost`
  static MigrationLock acquire(JdbcTarget target, Duration atMost, MigrationProgress progress)
      throws SQLException, MigrationException {
    var lock =
        new MigrationLock(Session.open(target, atMost), target.database().value().hashCode());
    try {
      lock.acquire(atMost, progress, target);
      return lock;
    } catch (SQLException | MigrationException | RuntimeException failed) {
      lock.connection.close();
      throw failed;
    }
  }

  private void acquire(Duration atMost, MigrationProgress progress, JdbcTarget target)
      throws SQLException, MigrationException {
    if (isTrue("SELECT pg_try_advisory_lock(?, ?)")) {
      return;
    }
    String holder = holder();
    progress.notice(
        "Another migration of " + target + " is running: " + holder + ". Waiting for it.");
    try {
      call("SELECT pg_advisory_lock(?, ?)");
    } catch (SQLException failed) {
      if (!LOCK_TIMEOUT.equals(failed.getSQLState())) {
        throw failed;
      }
      throw heldTooLong(atMost, target, failed);
    }
  }

  private MigrationException heldTooLong(Duration atMost, JdbcTarget target, SQLException failed)
      throws SQLException {
    return new MigrationException(
        "Could not migrate "
            + target
            + ": another migration still runs after "
            + atMost.toSeconds()
            + " s: "
            + holder()
            + ". Nothing was changed. Run the same command again when it has ended; if it hangs,"
            + " end it with SELECT pg_terminate_backend(pid).",
        failed,
        null,
        LOCK_TIMEOUT);
  }

  private String holder() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HOLDER)) {
      query.setLong(1, Integer.toUnsignedLong(KEY));
      query.setLong(2, Integer.toUnsignedLong(name));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getString(1) : "a session that has just ended";
      }
    }
  }

  /// The connection that holds the lock, for questions to the server about others.
  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      if (!isTrue("SELECT pg_advisory_unlock(?, ?)")) {
        LOG.warn("the migration lock was gone before it was released");
      }
    } catch (SQLException lost) {
      LOG.warn(
          "the connection that held the migration lock was lost, and the lock with it: {}",
          lost.getMessage());
    }
  }

  private boolean isTrue(String question) throws SQLException {
    try (PreparedStatement query = keyed(question);
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getBoolean(1);
    }
  }

  private void call(String function) throws SQLException {
    try (PreparedStatement query = keyed(function)) {
      query.execute();
    }
  }

  private PreparedStatement keyed(String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setInt(1, KEY);
    statement.setInt(2, name);
    return statement;
  }
}
