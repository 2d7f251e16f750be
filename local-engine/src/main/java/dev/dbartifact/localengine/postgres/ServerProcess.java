package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.ProcessState;
import dev.dbartifact.localengine.program.Signal;
import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.program.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What works on one data directory. Keeps nothing in memory: whether and where a server runs is
/// read from the data directory, so that a server that outlived its engine is found by the next
/// one.
///
/// @param name for messages
public record ServerProcess(String name, ServerFiles files) implements Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

  private static final Duration SHUT_DOWN_LIMIT = StopLimit.SERVER_SHUTS_DOWN.duration();
  private static final Way ABORT = new Way(Signal.QUIT, StopLimit.SERVER_ABORTS.duration());
  private static final Duration KILL_LIMIT = StopLimit.SERVER_IS_KILLED.duration();
  private static final Way KILL = new Way(Signal.KILL, KILL_LIMIT);
  private static final Duration SETTINGS_LIMIT = Duration.ofSeconds(60);
  private static final Duration LAST_WORDS_LIMIT = StopLimit.SERVER_FALLS_SILENT.duration();
  private static final Duration POLL = Duration.ofMillis(5);

  /// Server processes whose parent was killed still hold the shared memory, and work on the files;
  /// a new server would refuse to start beside them. They cannot commit anything any more.
  @Override
  public void endOrphans() throws IOException {
    // Where that cannot be told, as on storage that is broken, it is looked for them.
    if (Files.notExists(files.data().resolve("postmaster.pid"))) {
      return;
    }
    for (var pid : workers().pids()) {
      LOG.info("Ending server process {} of {}, which lost its parent", pid, name);
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    awaitSilence(KILL_LIMIT);
    var left = workers().pids();
    if (!left.isEmpty()) {
      throw new Held(name, left);
    }
  }

  /// What not even SIGKILL ends. The volume must stay as it is while that lives.
  private static final class Held extends IOException {
    private static final long serialVersionUID = 1;

    Held(String name, List<Long> pids) {
      super(
          "The server of %s does not end, not even by SIGKILL: process %s waits for the disk, perhaps. Look at it with 'ps -o pid,stat,wchan %s'"
              .formatted(name, listed(pids, ", "), listed(pids, " ")));
    }

    private static String listed(List<Long> pids, String between) {
      return pids.stream().map(String::valueOf).collect(Collectors.joining(between));
    }
  }

  /// Stops it: open sessions are ended, then everything is written to the files. One that does not
  /// end in time is ended at once, and recovers when it starts.
  @Override
  public void stop(Runnable closed, BooleanSupplier inVain) throws IOException {
    var running = process();
    var deadline = System.nanoTime() + SHUT_DOWN_LIMIT.toNanos();
    if (running.isPresent()) {
      thaw(running.get());
      signal(running.get(), Signal.INT);
      Waiting.until(deadline, () -> inVain.getAsBoolean() || isClosed());
    }
    closed.run();
    if (running.isPresent()) {
      if (!Waiting.until(deadline, () -> inVain.getAsBoolean() || running.get().hasEnded())) {
        warnOfDelay(running.get(), Signal.INT, SHUT_DOWN_LIMIT);
      }
      end(running.get(), List.of(ABORT, KILL));
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
    var running = process();
    if (running.isPresent()) {
      end(
          running.get(),
          ProcessState.isStopped(running.get().pid()) ? List.of(KILL) : List.of(ABORT, KILL));
    }
    endOrphans();
  }

  /// A server that stands still would not hear of it.
  private void thaw(LivingProcess running) throws IOException {
    if (ProcessState.isStopped(running.pid())) {
      LOG.warn(
          "The server of {} (process {}) stood still; it goes on, to stop", name, running.pid());
      signal(running, Signal.CONT);
    }
  }

  /// One way to end a server, and how long it may take.
  private record Way(Signal signal, Duration limit) {}

  private void end(LivingProcess running, List<Way> ways) throws IOException {
    for (var way : ways) {
      if (ended(running, way)) {
        awaitSilence();
        endOrphans();
        return;
      }
      warnOfDelay(running, way.signal(), way.limit());
    }
    throw new Held(name, List.of(running.pid()));
  }

  private void warnOfDelay(LivingProcess running, Signal signal, Duration limit) {
    LOG.warn(
        "The server of {} (process {}) did not end within {} s of SIG{}",
        name,
        running.pid(),
        limit.toSeconds(),
        signal);
  }

  /// The JDK looks after processes that are not its children only a few times a second.
  private boolean ended(LivingProcess running, Way way) throws IOException {
    if (!running.hasEnded()) {
      signal(running, way.signal());
    }
    return Waiting.within(way.limit(), running::hasEnded);
  }

  private static void signal(LivingProcess running, Signal signal) throws IOException {
    try {
      signal.send(running.pid());
    } catch (IOException e) {
      if (!running.hasEnded()) {
        throw e;
      }
    }
  }

  private Optional<LivingProcess> process() throws IOException {
    var pid = pid();
    return pid.isPresent() ? LivingProcess.of(pid.get()) : Optional.empty();
  }

  @Override
  public Optional<Long> pid() throws IOException {
    return postmaster().map(Postmaster::pid);
  }

  /// Whether any process works on the data directory, be it one that lost its parent.
  @Override
  public boolean atWork() throws IOException {
    return running()
        || Files.exists(files.data().resolve("postmaster.pid")) && !workers().pids().isEmpty();
  }

  /// Whether the running server says that it takes no logins yet. Older ones do not say.
  boolean isStarting() throws IOException {
    return postmaster().filter(Postmaster::isStarting).isPresent();
  }

  /// A session with the running server, as superuser.
  public AdminSession session() throws IOException {
    return session(Foundation.DATABASE);
  }

  AdminSession session(String database) throws IOException {
    return AdminSession.open(postmasterThatRuns().socketFile(), database, major());
  }

  private Postmaster postmasterThatRuns() throws IOException {
    return postmaster()
        .orElseThrow(() -> new IOException("The server of " + name + " does not run"));
  }

  /// See "Database File Layout" in the documentation of PostgreSQL.
  int major() throws IOException {
    return Integer.parseInt(Files.readString(files.data().resolve("PG_VERSION")).strip());
  }

  /// Lets the running server read its configuration again, soon.
  void reload() throws IOException {
    Signal.HUP.send(postmasterThatRuns().pid());
  }

  /// A session with the server once it has been told to wait for the disk. New sessions, and the
  /// checkpointer with them, are told by the server's first process, which reads the settings
  /// first.
  AdminSession sessionThatWaitsForTheDisk() throws IOException {
    var deadline = System.nanoTime() + SETTINGS_LIMIT.toNanos();
    while (true) {
      var session = session();
      if (isKept(session)) {
        return session;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("The server of " + name + " did not take its new settings");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /// Whether it waits for the disk; else it is closed.
  private static boolean isKept(AdminSession session) throws IOException {
    var kept = false;
    try {
      kept = session.waitsForTheDisk();
      return kept;
    } finally {
      if (!kept) {
        session.close();
      }
    }
  }

  /// Waits until nothing works on the data directory any more. The process that writes the log ends
  /// a little after the server.
  void awaitSilence() {
    awaitSilence(LAST_WORDS_LIMIT);
  }

  private void awaitSilence(Duration limit) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!workers().pids().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private Workers workers() {
    return new Workers(name, files.data());
  }

  Optional<Postmaster> postmaster() throws IOException {
    return Postmaster.of(files.data());
  }
}
