package dev.dbartifact.converger;

import dev.dbartifact.converger.report.Progress;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// What is said when somebody stops a run with Ctrl-C or SIGTERM. There is nothing to clean up:
/// whatever RDS has begun goes on, and the next run finds it.
final class Goodbye {
  static final String TEXT =
      "Stopped. Nothing is lost: run the same command again to go on from here.";

  /// Set by a wrapper that says it itself, with the command line that it was given.
  private static final String WRAPPED = "DB_ARTIFACT_WRAPPED";

  private final AtomicReference<Progress> progress = new AtomicReference<>();
  private final PrintStream err;
  private final Map<String, String> environment;

  Goodbye(PrintStream err, Map<String, String> environment) {
    this.err = err;
    this.environment = environment;
  }

  /// From now on the machine says it when it is stopped. A run that comes to its own end halts the
  /// machine without it.
  void arm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::say, "goodbye"));
  }

  void say() {
    Progress running = progress.get();
    if (running != null) {
      running.close();
    }
    if (!"1".equals(environment.get(WRAPPED))) {
      err.println(TEXT);
    }
    err.flush();
  }

  void watch(Progress running) {
    progress.set(running);
  }
}
