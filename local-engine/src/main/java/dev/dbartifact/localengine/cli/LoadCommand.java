package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `load`: fills a database from a dump, with the system's psql or pg_restore. An error stops it,
/// and undoes what was loaded.
final class LoadCommand {

  private LoadCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
    try (var dump = Dump.open(Path.of(arguments.words().get(1)))) {
      return load(dump, arguments, terminal);
    }
  }

  private static int load(Dump dump, Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    var program = ClientProgram.find(dump.isPlain() ? "psql" : "pg_restore");
    var cluster = NamedCluster.runningPostgres(arguments.directory(), arguments.words().getFirst());
    var line = line(program, dump, arguments);
    var code =
        asAdmin(arguments)
            ? runAsAdmin(line, dump, arguments.directory(), cluster)
            : ClientProgram.run(line, ClientProgram.asMaster(cluster), dump.piped());
    return told(code, dump.path(), cluster.id(), arguments, terminal);
  }

  private static int runAsAdmin(
      List<String> line, Dump dump, EngineDirectory directory, ClusterReport cluster)
      throws IOException, InterruptedException {
    try (var _ = Presence.at(cluster)) {
      return ClientProgram.run(line, ClientProgram.asAdmin(directory, cluster), dump.piped());
    }
  }

  private static int told(
      int code, Path dump, String cluster, Arguments arguments, Terminal terminal) {
    if (code == 0) {
      terminal.out().printf("Loaded %s into cluster '%s'.%n", dump, cluster);
    } else {
      var left =
          arguments.has(CommandOption.NO_TRANSACTION)
              ? "What was loaded before stays."
              : "Nothing was changed, unless the file itself commits.";
      terminal
          .err()
          .printf("Could not load %s into cluster '%s'; see above. %s%n", dump, cluster, left);
    }
    return code == 0 ? 0 : 1;
  }

  private static List<String> line(Path program, Dump dump, Arguments arguments) {
    var given = arguments.value(CommandOption.DATABASE);
    var database = given == null ? "postgres" : given;
    var line =
        new ArrayList<>(
            dump.isPlain()
                ? List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
                : List.of("--exit-on-error"));
    if (!dump.isPlain() && !asAdmin(arguments)) {
      // A master user is no superuser: owners and grants of elsewhere are left out.
      line.addAll(List.of("--no-owner", "--no-privileges"));
    }
    line.addFirst(program.toString());
    line.add("--dbname=" + database);
    if (!arguments.has(CommandOption.NO_TRANSACTION)) {
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

  private static boolean asAdmin(Arguments arguments) {
    return "admin".equals(arguments.value(CommandOption.AS));
  }
}
