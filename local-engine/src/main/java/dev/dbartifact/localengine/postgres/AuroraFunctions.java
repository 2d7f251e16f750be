package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The functions of Aurora that clients call, in each database of a server, and in the templates of
/// those to come. They lie among PostgreSQL's own, where drivers look for them and no dump takes
/// them along. As with [Foundation], a file beside the data directory says that they are there.
///
/// What they tell is not in the databases, and does not travel with copies of them: they read a
/// file beside the server's settings.
final class AuroraFunctions {

  /// Beside `postgresql.conf`: what the functions tell.
  static final String CLUSTER = "aurora.json";

  /// The same for what is told as settings, and the sign that a server is one of Aurora's.
  static final String SETTINGS = "aurora.conf";

  /// Earlier servers let nobody add to their views, and say less about standbys.
  static final int FIRST_MAJOR = 13;

  private static final String FILE = "aurora";
  private static final String REVISION = "1";
  private static final String BEFORE = "template1";

  /// Only the superuser may read files, and only the functions say which one. No user can change
  /// where the server's settings are.
  private static final String READ_CLUSTER =
      "pg_read_file(regexp_replace(current_setting('config_file'), '[^/]*$', '%s'), 0, 1048576, true)::json"
          .formatted(CLUSTER);

  private AuroraFunctions() {}

  static boolean areLaid(ServerFiles files) throws IOException {
    try {
      return Files.readString(file(files)).equals(REVISION);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Path file(ServerFiles files) {
    return files.data().resolveSibling(FILE);
  }

  /// @param process of a server that runs
  static void lay(ServerProcess process) throws IOException {
    var statements = statements();
    try (var session = process.session(BEFORE)) {
      for (var database : session.databases()) {
        session.entering(database, () -> lay(process, database, statements));
      }
    }
    Files.writeString(file(process.files()), REVISION);
  }

  private static void lay(ServerProcess process, String database, String statements)
      throws IOException {
    try (var session = process.session(database)) {
      session.execute(statements);
    }
  }

  private static String statements() throws IOException {
    try (var text = AuroraFunctions.class.getResourceAsStream("aurora.sql")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{cluster}", "(" + READ_CLUSTER + ")");
    }
  }
}
