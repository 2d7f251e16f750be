package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `psql`: the system's psql, on a cluster.
final class PsqlCommand {

  private PsqlCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
    var program = ClientProgram.find("psql");
    var cluster = NamedCluster.runningPostgres(arguments.directory(), arguments.words().getFirst());
    var line = new ArrayList<>(List.of(program.toString()));
    line.addAll(arguments.words().subList(1, arguments.words().size()));
    return ClientProgram.run(line, ClientProgram.asMaster(cluster));
  }
}
