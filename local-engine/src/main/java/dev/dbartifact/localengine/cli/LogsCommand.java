package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.ServerLogs;
import java.io.IOException;
import java.io.PrintStream;
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
    if (arguments.has(CommandOption.FOLLOW)) {
      follow(logs, terminal.out());
    }
    return 0;
  }

  /// Goes on for as long as somebody reads: the stream does not throw when `head` has had enough.
  static void follow(ServerLogs logs, PrintStream out) throws IOException, InterruptedException {
    while (!out.checkError()) {
      Thread.sleep(PAUSE);
      logs.printNew(out);
    }
  }
}
