package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.ProcessState;
import dev.dbartifact.localengine.program.Signal;
import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.program.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one process that works on a data directory: its command line names that directory.
///
/// @param name for messages
public record MariaDbProcess(String name, MariaDbFiles files) implements Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(MariaDbProcess.class);

  /// There is no other way than these two.
  private static final Duration STOP_LIMIT =
      StopLimit.SERVER_SHUTS_DOWN.duration().plus(StopLimit.SERVER_ABORTS.duration());

  private static final Duration KILL_LIMIT = StopLimit.SERVER_IS_KILLED.duration();

  /// What its program may be called.
  private static final Set<String> PROGRAMS = Set.of("mariadbd", "mysqld");

  private static final Duration FREEZE_LIMIT = Duration.ofSeconds(10);

  /// The option by which a server's process is told from others.
  static String mark(Path data) {
    return "--datadir=" + data;
  }

  @Override
  public boolean atWork() throws IOException {
    return running();
  }

  @Override
  public Optional<Long> pid() throws IOException {
    var written = written();
    return written.isPresent() && (alive(written.get()) || isHeld(written.get()))
        ? written
        : ProcessHandle.allProcesses().map(ProcessHandle::pid).filter(this::alive).findFirst();
  }

  /// What the server wrote when it had started; earlier there is nothing.
  private Optional<Long> written() throws IOException {
    try {
      var text = Files.readString(files.pidFile()).strip();
      return text.matches("[0-9]{1,9}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private boolean alive(long pid) {
    return CommandLine.of(pid).holds(mark(files.data()));
  }

  /// Whether it was killed, and threads of it live on: it has no command line by then. The number
  /// could be that of another process since, also of the kernel's.
  private static boolean isHeld(long pid) throws IOException {
    return CommandLine.of(pid).isEmpty()
        && LivingProcess.of(pid)
            .filter(each -> PROGRAMS.contains(each.name()) && !each.hasEnded())
            .isPresent();
  }

  private Optional<LivingProcess> process() throws IOException {
    var pid = pid();
    return pid.isPresent() ? LivingProcess.of(pid.get()) : Optional.empty();
  }

  @Override
  public void stop(Runnable closed, BooleanSupplier inVain) throws IOException {
    var running = process();
    var deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    if (running.isPresent()) {
      // Should an engine have been killed while it copied the files.
      thaw(running.get().pid());
      signal(running.get().pid(), Signal.TERM);
      Waiting.until(
          deadline,
          () -> inVain.getAsBoolean() || running.get().hasEnded() || !Files.exists(files.socket()));
    }
    closed.run();
    if (running.isPresent()) {
      if (!Waiting.until(deadline, () -> inVain.getAsBoolean() || running.get().hasEnded())) {
        warnOfDelay(running.get().pid());
      }
      endAtOnce(running.get());
    }
  }

  @Override
  public void abandon() throws IOException {
    var running = process();
    if (running.isPresent()) {
      endAtOnce(running.get());
    }
  }

  /// There are none: a server is one process.
  @Override
  public void endOrphans() {}

  private void warnOfDelay(long pid) {
    LOG.warn(
        "The server of {} (process {}) did not end within {} s of SIGTERM",
        name,
        pid,
        STOP_LIMIT.toSeconds());
  }

  private void endAtOnce(LivingProcess running) throws IOException {
    if (!running.hasEnded()) {
      signal(running.pid(), Signal.KILL);
    }
    if (!Waiting.within(KILL_LIMIT, running::hasEnded)) {
      throw new IOException(
          "The server of %s does not end, not even by SIGKILL: process %d waits for the disk, perhaps. Look at it with 'ps -L -o pid,lwp,stat,wchan %d'"
              .formatted(name, running.pid(), running.pid()));
    }
  }

  /// Runs something while the server stands still: what it had written until then is in its files,
  /// as if it had been killed, and nothing is added. Its sessions wait.
  void whileFrozen(Copying copying) throws IOException {
    var running =
        pid().orElseThrow(() -> new IOException("The server of " + name + " does not run"));
    signal(running, Signal.STOP);
    try {
      if (!Waiting.within(FREEZE_LIMIT, () -> standsStill(running))) {
        throw new IOException(
            "The server of %s (process %d) did not stand still within %d s"
                .formatted(name, running, FREEZE_LIMIT.toSeconds()));
      }
      copying.run();
    } finally {
      thaw(running);
    }
  }

  /// What takes place meanwhile.
  @FunctionalInterface
  public interface Copying {
    void run() throws IOException;
  }

  /// Lets a server go on that an engine held, which was killed then.
  void thaw() throws IOException {
    var running = pid();
    if (running.isPresent()) {
      thaw(running.get());
    }
  }

  private void thaw(long pid) throws IOException {
    signal(pid, Signal.CONT);
  }

  /// Whether all threads are stopped; see proc_pid_stat(5).
  private static boolean standsStill(long pid) {
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (var thread : threads.toList()) {
        if (!ProcessState.isStopped(thread)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      // A thread ended while it was looked at.
      return false;
    }
  }

  private void signal(long pid, Signal signal) throws IOException {
    try {
      signal.send(pid);
    } catch (IOException e) {
      if (alive(pid)) {
        throw e;
      }
    }
  }

  /// A session with the running server, with all privileges.
  ///
  /// @param engineUser the operating system's user that the engine runs as
  public MariaDbSession session(String engineUser) throws IOException {
    return MariaDbSession.open(files.socket(), engineUser);
  }
}
