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
  private final PrintStream err;

  Goodbye(PrintStream err) {
    this.err = err;
  }

  /// From now on the machine says it when it is stopped. A run that comes to its own end halts the
  /// machine without it.
  void arm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::say, "goodbye"));
  }

  private void say() {
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
}
