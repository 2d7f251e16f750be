package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.server.AdminLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The database of a PostgreSQL cluster that psql takes where none is named: `postgres`, and where
/// that was dropped the oldest that the master user may enter.
record UsualDatabase(EngineDirectory directory, ClusterReport cluster) {

  private static final String QUERY =
      """
      select datname from pg_database
      where datallowconn and has_database_privilege('{user}', oid, 'connect')
      order by datname <> 'postgres', datistemplate, oid limit 1
      """;

  /// Whether psql is told which one. A word that is not the first may be the value of an option,
  /// and is not counted.
  static boolean isNamedIn(List<String> words) {
    return !words.isEmpty() && !words.getFirst().startsWith("-")
        || words.stream().anyMatch(word -> word.startsWith("-d") || word.startsWith("--dbname"));
  }

  /// Asks the server, as its superuser: the master user's password is not known. In the engine's
  /// own database, which is always there.
  String find(Path psql) throws IOException {
    var socket = AdminLogin.socketDirectory(directory.root(), cluster.volume());
    try (var _ = Presence.at(cluster)) {
      var found =
          Program.run(
              psql.toString(),
              "--no-psqlrc",
              "--no-password",
              "--tuples-only",
              "--no-align",
              "--host=" + socket,
              "--port=" + cluster.port(),
              "--username=" + AdminLogin.USER,
              "--dbname=" + AdminLogin.DATABASE,
              "--command=" + QUERY.replace("{user}", cluster.masterUsername().replace("'", "''")));
      return found.isBlank() ? PostgresLogin.FIRST_DATABASE : found.strip();
    } catch (ProgramFailedException e) {
      // Such as where the master user was renamed. What is wrong the user's own psql says.
      return PostgresLogin.FIRST_DATABASE;
    }
  }
}
