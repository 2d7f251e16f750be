package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What works on one data directory. Keeps nothing in memory: whether and where a server runs is
/// read from the data directory, so that a server that outlived its engine is found by the next
/// one.
///
/// @param name for messages
public record ServerProcess(String name, ServerFiles files) implements Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration LAST_WORDS_LIMIT = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(5);

  /// Server processes whose parent was killed still hold the shared memory, and work on the files;
  /// a new server would refuse to start beside them. They cannot commit anything any more.
  @Override
  public void endOrphans() {
    if (!Files.exists(files.data().resolve("postmaster.pid"))) {
      return;
    }
    processes()
        .forEach(process -> {
          LOG.info("Ending server process {} of {}, which lost its parent", process.pid(), name);
          process.destroyForcibly();
        });
    awaitSilence(STOP_LIMIT);
  }

  /// Stops it: open sessions are ended, then everything is written to the files.
  @Override
  public void stop(Runnable closed, BooleanSupplier inVain) throws IOException {
    var running = postmaster();
    var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    if (running.isPresent()) {
      signal(running.get(), "INT");
      within(deadline, () -> inVain.getAsBoolean() || isClosed());
    }
    closed.run();
    if (running.isPresent()) {
      if (!within(deadline, () -> inVain.getAsBoolean() || !running.get().alive(files.data()))) {
        warnOfDelay();
      }
      endAtOnce(running.get());
    }
    if (!inVain.getAsBoolean()) {
      FirstStart.of(files).ends();
    }
  }

  private boolean isClosed() throws IOException {
    return postmaster().filter(now -> !now.isStopping()).isEmpty();
  }

  /// Ends it at once, for a volume that goes away: nothing more is written.
  @Override
  public void abandon() throws IOException {
    var running = postmaster();
    if (running.isPresent()) {
      endAtOnce(running.get());
    }
    endOrphans();
  }

  private void warnOfDelay() {
    LOG.warn(
        "The server of {} did not stop within {} s; ending it at once",
        name,
        STOP_LIMIT.toSeconds());
  }

  private void endAtOnce(Postmaster running) throws IOException {
    if (!ended(running, "QUIT") && !ended(running, "KILL")) {
      throw new IOException(
          "The server of %s (process %d) does not end".formatted(name, running.pid()));
    }
    awaitSilence();
  }

  private boolean ended(Postmaster running, String signal) throws IOException {
    if (running.alive(files.data())) {
      signal(running, signal);
    }
    return within(System.nanoTime() + STOP_LIMIT.toNanos(), () -> !running.alive(files.data()));
  }

  private void signal(Postmaster running, String signal) throws IOException {
    try {
      Program.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(running.pid()));
    } catch (IOException e) {
      if (running.alive(files.data())) {
        throw e;
      }
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  /// The JDK looks after processes that are not its children only a few times a second.
  private static boolean within(long deadline, Condition condition) throws IOException {
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while a server was stopping");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  @Override
  public Optional<Long> pid() throws IOException {
    return postmaster().map(Postmaster::pid);
  }

  /// Whether any process works on the data directory, be it one that lost its parent.
  @Override
  public boolean atWork() throws IOException {
    return running()
        || Files.exists(files.data().resolve("postmaster.pid"))
            && processes().findAny().isPresent();
  }

  /// Whether the running server says that it takes no logins yet. Older ones do not say.
  boolean isStarting() throws IOException {
    return postmaster().filter(Postmaster::isStarting).isPresent();
  }

  /// A session with the running server, as superuser.
  public AdminSession session() throws IOException {
    var running =
        postmaster().orElseThrow(() -> new IOException("The server of " + name + " does not run"));
    return AdminSession.open(running.socketFile());
  }

  /// Waits until the server has been told to wait for the disk. New sessions, and the checkpointer
  /// with them, are told by the server's first process, which reads the settings first.
  void awaitFsync() throws IOException {
    var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    while (!waitsForTheDisk()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("The server of " + name + " did not take its new settings");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private boolean waitsForTheDisk() throws IOException {
    try (var session = session()) {
      return session.waitsForTheDisk();
    }
  }

  /// Waits until nothing works on the data directory any more. The process that writes the log ends
  /// a little after the server.
  void awaitSilence() {
    awaitSilence(LAST_WORDS_LIMIT);
  }

  private void awaitSilence(Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (processes().findAny().isPresent() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private Stream<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> Postmaster.worksOn(process.pid(), files.data()));
  }

  Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.of(files.data());
  }
}
