package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/// `stop`: ends the engine and its database servers; the data stay.
final class StopCommand {

  private static final Duration POLL = Duration.ofMillis(10);

  private StopCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var directory = arguments.directory();
    var log = LogTail.fromNow(directory);
    var running = RunningEngine.find(directory);
    if (running.isPresent()) {
      var process = ProcessHandle.of(running.get().report().pid());
      process.ifPresent(ProcessHandle::destroy);
      return await(process, directory, log, terminal);
    }
    var stopping = StoppingEngine.find(directory);
    if (stopping.isPresent()) {
      terminal.out().println(stopping.get().said(Clock.systemUTC()));
      terminal.out().flush();
      return await(stopping.map(StoppingEngine::process), directory, log, terminal);
    }
    return notRunning(directory, terminal);
  }

  /// @param log what the engine says meanwhile, such as which servers had to be ended at once
  private static int await(
      Optional<ProcessHandle> process, EngineDirectory directory, LogTail log, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var ended = process.isEmpty() || ended(process.get());
    log.lines().forEach(terminal.err()::println);
    if (ended) {
      terminal.out().println("The local engine has stopped.");
      return 0;
    }
    terminal
        .err()
        .printf(
            "The local engine, process %d, did not end within %d s: %d database server(s) still run. It goes on: 'stop' waits for it again. After 'kill -9 %d', 'stop' ends what it leaves.%n",
            process.get().pid(),
            StopLimit.PATIENCE.toSeconds(),
            Leftovers.servers(directory.root()),
            process.get().pid());
    return 1;
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
      NamesOfEndpoints.endIfPossible(
          directory, warning -> terminal.err().println("WARNING: " + warning));
      RunningEngine.withdraw(directory);
      StoppingEngine.withdraw(directory);
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
    var deadline = System.nanoTime() + StopLimit.PATIENCE.toNanos();
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
