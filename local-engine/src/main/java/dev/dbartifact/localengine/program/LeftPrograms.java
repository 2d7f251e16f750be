package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The programs that an engine was running when it was killed, such as one that copies a volume.
/// They go on, and would write into what the next engine makes in the same place.
public final class LeftPrograms {
  private static final Logger LOG = LoggerFactory.getLogger(LeftPrograms.class);
  private static final Duration LIMIT = StopLimit.SERVER_IS_KILLED.duration();

  private final MarkedProcesses processes;

  /// @param mark of that engine
  /// @param account that some of them run as
  /// @param owner of the data directory, as whom that engine may have run
  public LeftPrograms(EngineMark mark, ServerAccount account, String owner) {
    var users = new HashSet<>(List.of(account.engineUser(), account.serverUser(), owner));
    processes = new MarkedProcesses(mark, account, users);
  }

  /// Ends them, with all that they start meanwhile.
  ///
  /// @return those that live on: not even SIGKILL ends what waits for a disk
  public List<LeftProgram> end() throws IOException {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    var left = processes.find();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      kill(left);
      left = after(left, deadline);
    }
    return left;
  }

  private static void kill(List<LeftProgram> programs) throws IOException {
    for (var program : programs) {
      kill(program.process());
    }
  }

  /// Its number may be that of another process by now.
  static void kill(LivingProcess process) throws IOException {
    if (process.hasEnded()) {
      return;
    }
    LOG.info("Ending {} (process {}) of a killed engine", process.name(), process.pid());
    try {
      Signal.KILL.send(process.pid());
    } catch (IOException e) {
      if (!process.hasEnded()) {
        throw e;
      }
    }
  }

  /// What lives on, and what has come since.
  private List<LeftProgram> after(List<LeftProgram> killed, long deadline) throws IOException {
    Waiting.until(deadline, () -> killed.stream().allMatch(LeftProgram::hasEnded));
    var before = killed.stream().map(LeftProgram::process).toList();
    return Stream.concat(
            killed.stream().filter(each -> !each.hasEnded()),
            processes.find().stream().filter(each -> !before.contains(each.process())))
        .toList();
  }
}
