package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.AddressTakenException;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.program.ServerEnvironment;
import dev.dbartifact.localengine.program.Stages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Runs the server's program with given settings, until it takes logins.
record Launching(ServerProcess process, Installation installation, ServerAccount account) {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(1);

  /// Whether the server runs and listens there. It names only its first address; those that it was
  /// started with stand in its settings.
  boolean listens(ServerSettings settings) throws IOException {
    var running = process.postmaster();
    var first = settings.address().orElse("").split(",")[0];
    return running.isPresent()
        && running.get().port() == settings.port()
        && running.get().address().equals(first)
        && written().listen(settings);
  }

  /// Starts it and waits until it takes logins. One that already listens there is left alone, with
  /// the settings that it has; any other is started again. Answers whether it was left alone.
  ///
  /// @throws AddressTakenException if something else listens there
  boolean run(ServerSettings settings) throws IOException {
    if (listens(settings) && getsReady()) {
      return true;
    }
    if (process.running()) {
      process.stop();
    }
    process.endOrphans();
    var stages = Stages.of("The start of " + process.name());
    written().write(settings);
    stages.done("settings");
    if (FirstStart.of(process.files()).begins()) {
      written().include(ServerSettings.FIRST_START, "fsync = off\n");
    } else {
      written().exclude(ServerSettings.FIRST_START);
    }
    stages.done("first start noted");
    launch(settings, stages);
    stages.end();
    return false;
  }

  /// Waits until the server that runs takes logins; no if it ends before. One that a full disk has
  /// ended begins anew by itself, and ends for good where it finds no room to recover in.
  private boolean getsReady() throws IOException {
    var running = process.postmaster();
    if (running.isEmpty()) {
      return false;
    }
    try {
      awaitReadiness(running.get().socketFile(), ProcessHandle.of(running.get().pid()));
      return true;
    } catch (IOException e) {
      if (process.running()) {
        throw e;
      }
      return false;
    }
  }

  private void launch(ServerSettings settings, Stages stages) throws IOException {
    requireFree(settings);
    var log = new ServerLog(process.files());
    var position = log.position();
    var launched = begin(log);
    stages.done("launch");
    CrashPoint.SERVER_LAUNCHED.reached();
    try {
      awaitReadiness(process.files().socketFile(settings.port()), Optional.of(launched.toHandle()));
      stages.done("readiness");
    } catch (IOException e) {
      launched.destroyForcibly();
      process.awaitSilence();
      throw log.explain(e, installation.version(), settings, position);
    }
  }

  private Process begin(ServerLog log) throws IOException {
    var files = process.files();
    return ServerEnvironment.only(
            new ProcessBuilder(
                account.detached(
                    List.of(
                        installation.program("postgres").toString(),
                        "-D",
                        files.data().toString(),
                        "-c",
                        "config_file=" + written().conf()))))
        .directory(files.settings().toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.startFile().toFile())
        .start();
  }

  /// A server that can listen on one of several addresses starts without the others.
  private static void requireFree(ServerSettings settings) throws IOException {
    for (var address : settings.address().map(all -> all.split(",")).orElse(new String[0])) {
      try {
        new ServerSocket(settings.port(), 1, InetAddress.ofLiteral(address)).close();
      } catch (BindException e) {
        throw new AddressTakenException(address, settings.port());
      }
    }
  }

  private void awaitReadiness(Path socket, Optional<ProcessHandle> server) throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isStarting() || !Readiness.reached(socket)) {
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

  private SettingsFiles written() {
    return new SettingsFiles(process.files(), account);
  }
}
