package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// psql and pg_restore.
record PostgresClients(EngineDirectory directory, ClusterReport cluster) implements ServerClients {

  private static final String ADVICE =
      "PostgreSQL's client programs (Debian, Ubuntu: apt-get install postgresql-client; Fedora: dnf install postgresql; macOS: brew install libpq)";

  @Override
  public int open(List<String> words, Terminal terminal) throws IOException, InterruptedException {
    var psql = find("psql");
    var line = new ArrayList<>(List.of(psql.toString()));
    line.addAll(words);
    var builder = led(line, PostgresLogin.asMaster(cluster));
    if (!UsualDatabase.isNamedIn(words)) {
      var database = new UsualDatabase(directory, cluster).find(psql);
      if (!database.equals(PostgresLogin.FIRST_DATABASE)) {
        terminal
            .err()
            .printf(
                "There is no database '%s' here that takes logins; without a name this is '%s'.%n",
                PostgresLogin.FIRST_DATABASE, database);
      }
      builder.environment().put(PostgresLogin.DATABASE, database);
    }
    return ClientProgram.run(builder, null);
  }

  @Override
  public int load(Dump dump, Loading loading) throws IOException, InterruptedException {
    var program = find(dump.isPlain() ? "psql" : "pg_restore");
    var line = line(program, dump, loading);
    if (!loading.asAdmin()) {
      return ClientProgram.run(led(line, PostgresLogin.asMaster(cluster)), dump.piped());
    }
    try (var _ = Presence.at(cluster)) {
      return ClientProgram.run(led(line, PostgresLogin.asAdmin(directory, cluster)), dump.piped());
    }
  }

  @Override
  public String leftBy(Loading loading) {
    return loading.inTransaction()
        ? "Nothing was changed, unless the file itself commits."
        : "What was loaded before stays.";
  }

  private static Path find(String program) throws IOException {
    return ClientProgram.find(List.of(program), ADVICE);
  }

  private static ProcessBuilder led(List<String> line, Map<String, String> variables) {
    var builder = new ProcessBuilder(line).inheritIO();
    PostgresLogin.lead(builder.environment(), variables);
    return builder;
  }

  private static List<String> line(Path program, Dump dump, Loading loading) {
    var line =
        new ArrayList<>(
            dump.isPlain()
                ? List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
                : List.of("--exit-on-error"));
    if (!dump.isPlain() && !loading.asAdmin()) {
      // A master user is no superuser: owners and grants of elsewhere are left out.
      line.addAll(List.of("--no-owner", "--no-privileges"));
    }
    line.addFirst(program.toString());
    line.add("--dbname=" + loading.database().orElse(PostgresLogin.FIRST_DATABASE));
    if (loading.inTransaction()) {
      line.add("--single-transaction");
    }
    line.addAll(source(dump));
    return line;
  }

  /// Without a file, pg_restore reads its standard input.
  private static List<String> source(Dump dump) {
    if (dump.isPlain()) {
      return List.of("--file=" + (dump.isPiped() ? "-" : dump.path()));
    }
    return dump.isPiped() ? List.of() : List.of(dump.path().toString());
  }
}
