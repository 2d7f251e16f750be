package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostErasure;
import dev.dbartifact.localengine.server.HostException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// `reset`: removes everything, clusters and all; or brings the clones that are named back to what
/// they were made from.
final class ResetCommand {

  private ResetCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var directory = arguments.directory();
    if (!arguments.words().isEmpty()) {
      return CloneReset.run(directory, arguments.words(), terminal);
    }
    if (!directory.exists()) {
      terminal
          .out()
          .println(
              directory.isThere() && !directory.isEmpty()
                  ? "There is no engine in " + directory + ", and what is there stays."
                  : "There is nothing in " + directory + ".");
      return 0;
    }
    if (!arguments.has(CommandOption.YES) && !agreed(arguments, terminal)) {
      terminal.err().println("Nothing was removed.");
      return 1;
    }
    if (arguments.has(CommandOption.UNCLAIMED)) {
      return removeUnclaimed(directory, terminal);
    }
    if (RunningEngine.find(directory).isPresent() && StopCommand.run(arguments, terminal) != 0) {
      return 1;
    }
    var lock = EngineLock.take(directory);
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(directory));
      return 1;
    }
    try (var _ = lock.get()) {
      HostErasure.erase(directory.root());
      NamesOfEndpoints.endIfPossible(
          directory, warning -> terminal.err().println("WARNING: " + warning));
      directory.erase();
    }
    terminal.out().println(outcome(directory));
    return 0;
  }

  private static int removeUnclaimed(EngineDirectory directory, Terminal terminal)
      throws IOException, HostException {
    var lock = EngineLock.take(directory);
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(directory) + "; stop it first.");
      return 1;
    }
    try (var _ = lock.get()) {
      terminal
          .out()
          .printf(
              "Removed %d volume(s) that no cluster accounted for.%n",
              HostErasure.eraseUnclaimed(directory.root()));
    }
    return 0;
  }

  private static String outcome(EngineDirectory directory) {
    return directory.isThere()
        ? "Removed the engine and its clusters; " + directory + " holds other files, and stays."
        : "Removed everything in " + directory + ".";
  }

  private static boolean agreed(Arguments arguments, Terminal terminal) throws IOException {
    var what =
        arguments.has(CommandOption.UNCLAIMED)
            ? "the volumes that no cluster accounts for"
            : "all clusters";
    terminal.err().printf("Remove %s in %s? [y/N] ", what, arguments.directory());
    terminal.err().flush();
    var answer =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }
}
