package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `stop`: ends the engine and its database servers; the data stay.
final class StopCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private StopCommand() {}

  static int run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException {
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

  private static int notRunning(EngineDirectory directory, Terminal terminal) throws IOException {
    if (!directory.exists()) {
      terminal.out().println("The local engine is not running.");
      return 0;
    }
    var lock = EngineLock.take(directory);
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(directory));
      return 1;
    }
    lock.get().close();
    terminal.out().println("The local engine is not running.");
    return 0;
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Could not wait for process " + process.pid(), e);
    }
  }
}
