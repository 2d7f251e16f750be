package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The databases that allow nobody in, which the engine enters all the same. Such a one is open
/// meanwhile, and a file beside the data directory names it: should the engine end, the next one
/// closes it.
///
/// @param opened the file; it is there while one of them is open
/// @param session with a database that is none of them
record ClosedDatabases(Path opened, AdminSession session) {

  /// PostgreSQL's, whatever is found.
  static final String ALWAYS_CLOSED = "template0";

  private static final String FILE = "opened";

  static ClosedDatabases of(ServerFiles files, AdminSession session) {
    return new ClosedDatabases(files.data().resolveSibling(FILE), session);
  }

  /// What is done in another database.
  interface Visit {
    void run() throws IOException;
  }

  /// Lets this database, which is not the session's own, be entered meanwhile, whether it allows
  /// that otherwise or not.
  void entering(String database, Visit visit) throws IOException {
    if (!database.equals(ALWAYS_CLOSED) && !session.isClosed(database)) {
      visit.run();
      return;
    }
    AtomicFile.write(opened, database.getBytes(StandardCharsets.UTF_8));
    session.allowConnections(database, true);
    try {
      visit.run();
    } finally {
      closeAgain();
    }
  }

  /// Closes what is open because of [#entering]. Idempotent.
  void closeAgain() throws IOException {
    var database = named();
    if (database.isPresent()) {
      // It may be gone meanwhile.
      if (session.databases().contains(database.get())) {
        session.allowConnections(database.get(), false);
      }
      Files.deleteIfExists(opened);
    }
  }

  private Optional<String> named() throws IOException {
    return Files.exists(opened) ? Optional.of(Files.readString(opened)) : Optional.empty();
  }
}
