package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.ServerLogs;
import java.io.IOException;
import java.time.Duration;

/// `logs`: what a cluster's server wrote, oldest first.
final class LogsCommand {

  private static final Duration PAUSE = Duration.ofMillis(200);

  private LogsCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var cluster = NamedCluster.remembered(arguments.directory(), arguments.words().getFirst());
    var logs = ServerLogs.of(arguments.directory().root(), cluster);
    logs.printNew(terminal.out());
    while (arguments.has(CommandOption.FOLLOW)) {
      Thread.sleep(PAUSE);
      logs.printNew(terminal.out());
    }
    return 0;
  }
}
