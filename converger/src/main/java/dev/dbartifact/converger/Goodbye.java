package dev.dbartifact.converger;

import dev.dbartifact.converger.report.Progress;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;

/// What is said when somebody stops a run with Ctrl-C or SIGTERM. There is nothing to clean up:
/// whatever RDS has begun goes on, and the next run finds it.
final class Goodbye {
  static final String TEXT =
      "Stopped. Nothing is lost: run the same command again to go on from here.";

  private final AtomicReference<Progress> progress = new AtomicReference<>();
  private final Thread hook;

  Goodbye(PrintStream err) {
    hook = new Thread(() -> say(err), "goodbye");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void say(PrintStream err) {
    Progress running = progress.get();
    if (running != null) {
      running.close();
    }
    err.println(TEXT);
    err.flush();
  }

  void watch(Progress running) {
    progress.set(running);
  }

  /// The run has come to its own end.
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      // The machine is going down already, and the word has been said.
    }
  }
}
