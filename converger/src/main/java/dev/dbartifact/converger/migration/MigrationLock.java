package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one migration of a database run at a time, whoever started it. The server releases it when
/// the session that holds it ends, so it cannot be left behind as Liquibase's own lock row can.
final class MigrationLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationLock.class);

  private final NamedLock lock;
  private final Connection session;
  private final boolean ownSession;

  private MigrationLock(NamedLock lock, Connection session, boolean ownSession) {
    this.lock = lock;
    this.session = session;
    this.ownSession = ownSession;
  }

  /// Waits until no other migration of this database runs.
  ///
  /// @param working the session that will migrate
  /// @throws MigrationException naming who holds the lock, when that takes longer than `atMost`
  static MigrationLock acquire(
      JdbcTarget target, Connection working, Duration atMost, MigrationProgress progress)
      throws SQLException, MigrationException {
    NamedLock named = target.dialect().namedLock();
    Connection session = named.session(target, working, atMost);
    var lock = new MigrationLock(named, session, session != working);
    try {
      lock.acquire(atMost, progress, target);
      return lock;
    } catch (SQLException | MigrationException | RuntimeException failed) {
      lock.closeSession();
      throw failed;
    }
  }

  private void acquire(Duration atMost, MigrationProgress progress, JdbcTarget target)
      throws SQLException, MigrationException {
    if (lock.tryTake(session)) {
      return;
    }
    progress.notice(
        "Another migration of "
            + target
            + " is running: "
            + lock.holder(session)
            + ". Waiting for it.");
    if (!lock.take(session, atMost)) {
      throw heldTooLong(atMost, target);
    }
  }

  private MigrationException heldTooLong(Duration atMost, JdbcTarget target) throws SQLException {
    return new MigrationException(
        "Could not migrate "
            + target
            + ": another migration still runs after "
            + atMost.toSeconds()
            + " s: "
            + lock.holder(session)
            + ". Nothing was changed. Run the same command again when it has ended; if it hangs,"
            + " end it with "
            + lock.howToEnd()
            + ".",
        null);
  }

  /// The session that holds the lock, for questions to the server about others.
  Connection session() {
    return session;
  }

  @Override
  public void close() throws SQLException {
    try {
      if (!lock.release(session)) {
        LOG.warn("the migration lock was gone before it was released");
      }
    } catch (SQLException lost) {
      LOG.warn(
          "the connection that held the migration lock was lost, and the lock with it: {}",
          lost.getMessage());
    } finally {
      closeSession();
    }
  }

  private void closeSession() throws SQLException {
    if (ownSession) {
      session.close();
    }
  }
}
