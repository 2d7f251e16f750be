package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/// `stop`: ends the engine and its database servers; the data stay.
final class StopCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofMillis(10);

  private StopCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var running = RunningEngine.find(arguments.directory());
    if (running.isEmpty()) {
      return notRunning(arguments.directory(), terminal);
    }
    var process = ProcessHandle.of(running.get().report().pid());
    if (process.isPresent() && !ended(process.get())) {
      terminal
          .err()
          .printf(
              "The local engine, process %d, did not end within %d s.%n",
              process.get().pid(), PATIENCE.toSeconds());
      return 1;
    }
    terminal.out().println("The local engine has stopped.");
    return 0;
  }

  /// A killed engine leaves its servers and its pool behind.
  private static int notRunning(EngineDirectory directory, Terminal terminal)
      throws IOException, HostException {
    if (!directory.exists()) {
      terminal.out().println("The local engine is not running.");
      return 0;
    }
    var lock = EngineLock.take(directory);
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(directory));
      return 1;
    }
    try (var _ = lock.get()) {
      terminal.out().println(said(Leftovers.end(directory.root())));
      RunningEngine.withdraw(directory);
    }
    return 0;
  }

  private static String said(Leftovers.Ended ended) {
    if (ended.nothing()) {
      return "The local engine is not running.";
    }
    var done = new ArrayList<String>();
    if (ended.servers() > 0) {
      done.add("stopped %d database server(s)".formatted(ended.servers()));
    }
    if (ended.pool()) {
      done.add("unmounted the storage pool");
    }
    return "The local engine was not running any more; %s that it had left behind."
        .formatted(String.join(" and ", done));
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    process.destroy();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    // The JDK looks after processes that are not its children only a few times a second.
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL);
    }
    return true;
  }
}
