package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.EngineMark;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.program.ServerEnvironment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Runs the server's program, whose settings are written already.
record Launching(MariaDbProcess process, MariaDbInstallation installation, ServerAccount account) {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(1);

  /// Starts it for one script that it reads from its standard input, and ends with.
  void runScript(String sql) throws IOException {
    var log = new MariaDbLog(files());
    var position = log.position();
    var process =
        program(
                "--bootstrap",
                "--log-warnings=0",
                "--max-allowed-packet=8M",
                "--net-buffer-length=16K")
            .redirectErrorStream(true)
            .redirectOutput(files().startLog().toFile())
            .start();
    try (var input = process.getOutputStream()) {
      input.write(sql.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended before it had read everything, and has said why.
    }
    if (end(process) != 0) {
      throw log.explain(
          new IOException("it could not fill its files"), installation.version(), position);
    }
  }

  /// Waits for it, and says its exit code.
  private static int end(Process process) throws IOException {
    try {
      if (process.waitFor(START_LIMIT)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new IOException(
          "The server's program did not end within %d minutes, and was ended"
              .formatted(START_LIMIT.toMinutes()));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine is shutting down");
    }
  }

  /// What ends by itself, and does not outlive its engine.
  private ProcessBuilder program(String... options) {
    return EngineMark.on(ServerEnvironment.only(new ProcessBuilder(account.as(command(options)))));
  }

  private List<String> command(String... options) {
    var command = new ArrayList<String>();
    command.add(installation.program().toString());
    command.add("--defaults-file=" + files().conf());
    command.add("--basedir=" + installation.base());
    command.add(MariaDbProcess.mark(files().data()));
    command.addAll(Arrays.asList(options));
    return command;
  }

  /// Starts it, and waits until it takes logins.
  void launch() throws IOException {
    for (var each : GrowingLog.longOnes(files())) {
      each.putAway(files());
    }
    var log = new MariaDbLog(files());
    var position = log.position();
    Files.deleteIfExists(files().socket());
    var launched =
        ServerEnvironment.only(new ProcessBuilder(account.detached(command())))
            .directory(files().settings().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(files().startLog().toFile())
            .start();
    CrashPoint.SERVER_LAUNCHED.reached();
    try {
      awaitReadiness(Optional.of(launched.toHandle()));
    } catch (IOException e) {
      launched.destroyForcibly();
      throw log.explain(e, installation.version(), position);
    }
  }

  /// Lets InnoDB commit what it has prepared, whatever a binary log would say: all of that was
  /// asked for, and may have been confirmed. The program ends with that as if it had failed: that
  /// it has not stands in its log.
  void commitPrepared() throws IOException {
    var log = new MariaDbLog(files());
    var position = log.position();
    end(
        program("--tc-heuristic-recover=COMMIT")
            .directory(files().settings().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(files().startLog().toFile())
            .start());
    if (!MariaDbLog.hasCommittedPrepared(log.said(position))) {
      throw log.explain(
          new IOException("it could not commit what it had prepared"),
          installation.version(),
          position);
    }
  }

  void awaitReadiness(Optional<ProcessHandle> server) throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Readiness.reached(files().socket())) {
      if (server.isEmpty() || !server.get().isAlive()) {
        throw new IOException("it ended while it was starting");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "it did not take logins within %d minutes".formatted(START_LIMIT.toMinutes()));
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the engine is shutting down");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private MariaDbFiles files() {
    return process.files();
  }
}
