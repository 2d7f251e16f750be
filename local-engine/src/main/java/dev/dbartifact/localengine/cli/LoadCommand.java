package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `load`: fills a database from a dump, with the system's psql or pg_restore. An error stops it,
/// and undoes what was loaded.
final class LoadCommand {

  private static final byte[] CUSTOM = "PGDMP".getBytes(StandardCharsets.US_ASCII);

  private LoadCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
    var dump = Path.of(arguments.words().get(1));
    if (!Files.isReadable(dump)) {
      throw new IOException(
          "Could not load %s: there is no such file, or no permission to read it".formatted(dump));
    }
    if (Files.isRegularFile(dump) && Files.size(dump) == 0) {
      throw new IOException(
          "Could not load %s: the file is empty. Did the program that was to write it fail?"
              .formatted(dump));
    }
    var program = ClientProgram.find(isPlain(dump) ? "psql" : "pg_restore");
    var cluster = NamedCluster.runningPostgres(arguments.directory(), arguments.words().getFirst());
    var line = line(program, dump, arguments);
    var code =
        asAdmin(arguments)
            ? runAsAdmin(line, arguments.directory(), cluster)
            : ClientProgram.run(line, ClientProgram.asMaster(cluster));
    return told(code, dump, cluster.id(), arguments, terminal);
  }

  private static int runAsAdmin(List<String> line, EngineDirectory directory, ClusterReport cluster)
      throws IOException, InterruptedException {
    try (var _ = Presence.at(cluster)) {
      return ClientProgram.run(line, ClientProgram.asAdmin(directory, cluster));
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

  private static List<String> line(Path program, Path dump, Arguments arguments) {
    var given = arguments.value(CommandOption.DATABASE);
    var database = given == null ? "postgres" : given;
    var line =
        new ArrayList<>(
            isPsql(program)
                ? List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
                : List.of("--exit-on-error"));
    if (!isPsql(program) && !asAdmin(arguments)) {
      // A master user is no superuser: owners and grants of elsewhere are left out.
      line.addAll(List.of("--no-owner", "--no-privileges"));
    }
    line.addFirst(program.toString());
    line.add("--dbname=" + database);
    if (!arguments.has(CommandOption.NO_TRANSACTION)) {
      line.add("--single-transaction");
    }
    line.add(isPsql(program) ? "--file=" + dump : dump.toString());
    return line;
  }

  private static boolean asAdmin(Arguments arguments) {
    return "admin".equals(arguments.value(CommandOption.AS));
  }

  private static boolean isPsql(Path program) {
    return program.endsWith("psql");
  }

  /// A custom archive begins with its name, a directory archive is a directory; the rest is SQL.
  private static boolean isPlain(Path dump) throws IOException {
    if (Files.isDirectory(dump)) {
      return false;
    }
    try (var content = Files.newInputStream(dump)) {
      return !Arrays.equals(content.readNBytes(CUSTOM.length), CUSTOM);
    }
  }
}
