package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The functions of Aurora that clients call, in each database of a server, and in the templates of
/// those to come. They lie among PostgreSQL's own, where drivers look for them and no dump takes
/// them along. As with [Foundation], a file beside the data directory says that they are there.
///
/// What they tell is not in the databases, and does not travel with copies of them: they read a
/// file beside the server's settings.
final class AuroraFunctions {
  private static final Logger LOG = LoggerFactory.getLogger(AuroraFunctions.class);

  /// Beside `postgresql.conf`: what the functions tell.
  static final String CLUSTER = "aurora.json";

  /// The same for what is told as settings, and the sign that a server is one of Aurora's.
  static final String SETTINGS = "aurora.conf";

  /// Earlier servers let nobody add to their views, and say less about standbys.
  static final int FIRST_MAJOR = 13;

  /// That they are there.
  static final LaidMark MARK = new LaidMark("aurora", "1");

  private static final String BEFORE = "template1";
  private static final Set<String> TEMPLATES = Set.of(ClosedDatabases.ALWAYS_CLOSED, BEFORE);

  /// Only the superuser may read files, and only the functions say which one. No user can change
  /// where the server's settings are.
  private static final String READ_CLUSTER =
      "pg_read_file(regexp_replace(current_setting('config_file'), '[^/]*$', '%s'), 0, 1048576, true)::json"
          .formatted(CLUSTER);

  private AuroraFunctions() {}

  /// Those of users are theirs, and may keep the engine out: such a one gets the functions when the
  /// server starts the next time, and holds up nobody meanwhile.
  ///
  /// @param process of a server that runs
  /// @throws IOException if a template does not take them
  static void lay(ServerProcess process) throws IOException {
    var statements = statements();
    var everywhere = true;
    try (var session = process.session(BEFORE)) {
      var closed = ClosedDatabases.of(process.files(), session);
      closed.closeAgain();
      for (var database : session.databases()) {
        var laid = new Laying(process, closed, database).tried(statements);
        everywhere = everywhere && laid;
      }
    }
    if (everywhere) {
      MARK.put(process.files());
    }
  }

  /// Into one database.
  private record Laying(ServerProcess process, ClosedDatabases closed, String database) {

    /// Whether it was done.
    boolean tried(String statements) throws IOException {
      try {
        closed.entering(database, () -> run(statements));
        return true;
      } catch (IOException e) {
        if (TEMPLATES.contains(database)) {
          throw e;
        }
        LOG.warn(
            "The database '{}' of {} has no functions of Aurora; the next start of its server tries again. {}",
            database,
            process.name(),
            e.getMessage());
        return false;
      }
    }

    private void run(String statements) throws IOException {
      try (var session = process.session(database)) {
        session.execute(statements);
      }
    }
  }

  private static String statements() throws IOException {
    try (var text = AuroraFunctions.class.getResourceAsStream("aurora.sql")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{cluster}", "(" + READ_CLUSTER + ")");
    }
  }
}
