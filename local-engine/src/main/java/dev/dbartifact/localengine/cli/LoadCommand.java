package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.nio.file.Path;

/// `load`: fills a database from a dump, with the system's psql, pg_restore or mariadb. An error
/// stops it, and undoes what was loaded where that can be undone.
final class LoadCommand {

  private LoadCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
    try (var dump = Dump.open(Path.of(arguments.words().get(1)))) {
      return load(dump, arguments, terminal);
    }
  }

  private static int load(Dump dump, Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    var cluster = NamedCluster.running(arguments.directory(), arguments.words().getFirst());
    var clients = ServerClients.of(arguments.directory(), cluster);
    var loading = Loading.of(arguments);
    try {
      if (clients.load(dump, loading) == 0) {
        terminal.out().printf("Loaded %s into cluster '%s'.%n", dump.path(), cluster.id());
        return 0;
      }
      terminal
          .err()
          .printf("Could not load %s into cluster '%s'; see above.", dump.path(), cluster.id());
    } catch (CutOffException e) {
      terminal
          .err()
          .printf(
              "Could not load %s into cluster '%s': %s", dump.path(), cluster.id(), e.getMessage());
    }
    terminal.err().println(" " + clients.leftBy(loading));
    return 1;
  }
}
