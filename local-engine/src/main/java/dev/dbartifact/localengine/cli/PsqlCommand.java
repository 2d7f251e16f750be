package dev.dbartifact.localengine.cli;

import java.io.IOException;

/// `psql`: the system's psql on a cluster, or its mariadb where the cluster is one of MySQL's kind.
final class PsqlCommand {

  private PsqlCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
    var words = arguments.words();
    var cluster = NamedCluster.running(arguments.directory(), words.getFirst());
    return ServerClients.of(arguments.directory(), cluster)
        .open(words.subList(1, words.size()), terminal);
  }
}
