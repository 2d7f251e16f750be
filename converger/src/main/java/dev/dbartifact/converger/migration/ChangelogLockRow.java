package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Liquibase's own lock, the row of [LockTable]: taken as well, so that a plain Liquibase waits for
/// us, and waited for, because a plain Liquibase knows no [MigrationLock]. Whoever was killed
/// leaves it set, and a clone inherits it from a source that was being migrated; such a row is
/// released. Only used while the [MigrationLock] is held.
///
/// Written here rather than by Liquibase because Liquibase looks up the name of this machine first,
/// which can wait for a name server.
final class ChangelogLockRow {
  private static final long LOOK_AGAIN_MILLIS = 500;

  private final Connection connection;
  private final JdbcTarget target;
  private final LockTable table;

  ChangelogLockRow(Connection connection, JdbcTarget target) {
    this.connection = connection;
    this.target = target;
    this.table = target.dialect().lockTable();
  }

  /// Whether it is set, by somebody who is not at work any more as far as can be told from here.
  boolean isLeftBehind() throws SQLException {
    return LockHolder.find(connection, table).filter(LockHolder::isGone).isPresent();
  }

  /// Takes the row until the answer is closed. A row that was left behind is released with a
  /// notice; one that somebody may still hold is waited for.
  ///
  /// @throws MigrationException naming who holds it, when that takes longer than `atMost`
  Held take(Duration atMost, MigrationProgress progress)
      throws SQLException, MigrationException, InterruptedException {
    long start = System.nanoTime();
    boolean told = false;
    while (!tryTake()) {
      Optional<LockHolder> holder = LockHolder.find(connection, table);
      connection.rollback(); // ends the server's snapshot of its sessions
      if (holder.isEmpty()) {
        requireRow();
      } else if (holder.get().isGone()) {
        if (releaseStale(holder.get(), progress)) {
          continue;
        }
      } else if (!told) {
        tell(holder.get(), progress);
        told = true;
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(atMost) >= 0) {
        throw heldTooLong(holder, waited);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
    return this::giveBack;
  }

  private void tell(LockHolder holder, MigrationProgress progress) {
    progress.notice(
        "The lock row "
            + table.name()
            + " of "
            + target
            + " is held by "
            + holder
            + ", which may be at work: "
            + holder.sessions().orElseThrow()
            + ". Waiting for it.");
  }

  /// @param holder nobody where it was free at each look, and taken at each attempt to take it
  private MigrationException heldTooLong(Optional<LockHolder> holder, Duration waited) {
    return new MigrationException(
        "Could not migrate "
            + target
            + ": "
            + table.name()
            + " is still held after "
            + waited.toSeconds()
            + " s by "
            + holder.map(LockHolder::toString).orElse("one after the other")
            + ". Sessions that may be at work: "
            + holder.flatMap(LockHolder::sessions).orElse("none that can be told")
            + ". Nothing was changed. Run the same command again when it has ended. If it is really"
            + " dead, release the row first: "
            + "UPDATE "
            + table.name()
            + " SET locked = false, lockgranted = NULL, lockedby = NULL WHERE id = 1;",
        null);
  }

  /// @return whether it was still there to be released
  private boolean releaseStale(LockHolder holder, MigrationProgress progress) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(releaseStale())) {
      update.setString(1, holder.by());
      update.setTimestamp(2, holder.granted());
      boolean released = update.executeUpdate() == 1;
      connection.commit();
      if (released) {
        progress.notice(
            "Released a stale lock in "
                + table.name()
                + ", set by "
                + holder
                + ": "
                + (holder.isOneOfUs()
                    ? "no migration of ours is running."
                    : "no session of this database can be its holder."));
      }
      return released;
    }
  }

  private boolean tryTake() throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(take())) {
      update.setString(1, Sessions.APPLICATION + " (pid " + ProcessHandle.current().pid() + ")");
      int taken = update.executeUpdate();
      connection.commit();
      return taken == 1;
    }
  }

  /// A row that is neither taken nor free is not there.
  private void requireRow() throws SQLException {
    try (Statement query = connection.createStatement();
        var row = query.executeQuery("SELECT 1 FROM " + table.name() + " WHERE id = 1")) {
      if (!row.next()) {
        throw new SQLException(table.name() + " has no row with id 1 that can be taken");
      }
    }
  }

  private String take() {
    return "UPDATE "
        + table.name()
        + " SET locked = true, lockgranted = now(), lockedby = "
        + table.taken()
        + " WHERE id = 1 AND NOT locked";
  }

  private String release() {
    return "UPDATE "
        + table.name()
        + " SET locked = false, lockgranted = NULL, lockedby = "
        + table.givenBack()
        + " WHERE id = 1";
  }

  /// Only the row that was looked at: somebody else may have taken it since.
  private String releaseStale() {
    return release() + " AND " + table.same("lockedby") + " AND " + table.same("lockgranted");
  }

  private void giveBack() throws SQLException {
    connection.rollback();
    try (Statement update = connection.createStatement()) {
      update.executeUpdate(release());
      connection.commit();
    }
  }

  /// The row while it is ours.
  interface Held extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }
}
