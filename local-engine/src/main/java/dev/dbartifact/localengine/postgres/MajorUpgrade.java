package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Brings everything that users have on one server to another of a later major version: roles,
/// databases and what is in them. The new server is pristine. Neither is at work for anybody
/// meanwhile, and neither runs afterwards. The old one is only read.
///
/// @param folder for what is needed meanwhile, the engine's
public record MajorUpgrade(
    PostgresServer from, PostgresServer to, DumpPrograms programs, Path folder, UpgradeLog log) {

  /// `pg_dump` locks all tables at once.
  private static final String LOCKS = "max_locks_per_transaction";

  private static final Map<String, String> OF_THE_OLD = Map.of(LOCKS, "1024");

  /// Nobody needs what a crash leaves of it.
  private static final Map<String, String> OF_THE_NEW =
      Map.of(
          LOCKS,
          "1024",
          "autovacuum",
          "off",
          "full_page_writes",
          "off",
          "maintenance_work_mem",
          "128MB",
          "max_wal_senders",
          "0",
          "synchronous_commit",
          "off",
          "wal_level",
          "minimal");

  /// @throws IOException that says what was refused; nothing has changed at the old server
  public void run() throws IOException {
    try {
      from.startPrivately(OF_THE_OLD);
      requireNoProblems();
      to.comesFresh();
      to.startPrivately(OF_THE_NEW);
      move();
      log.note("The upgrade is complete");
    } catch (IOException e) {
      log.note("The upgrade failed. " + e.getMessage());
      throw e;
    } finally {
      stop();
    }
  }

  /// Whoever was connected since they were asked for may have made some: of a database that was
  /// closed meanwhile, nothing would come along.
  private void requireNoProblems() throws IOException {
    var problems = from.upgradeProblems(to);
    if (!problems.isEmpty()) {
      throw new IOException("PreUpgrade checks failed: " + String.join(" ", problems));
    }
  }

  /// The new one is on the disk when it has stopped.
  private void stop() throws IOException {
    try {
      from.process().stop();
    } finally {
      to.process().stop();
    }
  }

  private void move() throws IOException {
    try (var old = from.process().session();
        var session = to.process().session()) {
      log.note("Roles");
      var roles = new UserRoles(old, from.process().major());
      for (var definition : roles.definitions()) {
        session.withoutTrace(definition);
      }
      session.executeAll(roles.properties());
      session.execute(Foundation.REPLICATION);
      var restorer = new Restorer(session);
      restorer.make();
      var databases = UserDatabases.of(old);
      makeRoomFor(session);
      for (var database : databases) {
        new Transfer(from.process(), to.process(), programs, folder, log).run(database);
      }
      restorer.remove();
    }
  }

  /// Those that a pristine server has come from the old one, as all others do.
  private static void makeRoomFor(AdminSession session) throws IOException {
    for (var database : UserDatabases.of(session)) {
      var name = session.identifier(database);
      session.execute("ALTER DATABASE %s IS_TEMPLATE false".formatted(name));
      session.execute("DROP DATABASE %s".formatted(name));
    }
  }
}
