package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.time.Duration;
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
  public LeftPrograms(EngineMark mark, ServerAccount account) {
    processes = new MarkedProcesses(mark, account);
  }

  /// Ends them, with all that they start meanwhile.
  ///
  /// @return those that live on: not even SIGKILL ends what waits for a disk
  public List<LivingProcess> end() throws IOException {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    var left = processes.find();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      kill(left);
      left = after(left, deadline);
    }
    return left;
  }

  private static void kill(List<LivingProcess> programs) throws IOException {
    for (var program : programs) {
      LOG.info("Ending {} (process {}) of a killed engine", program.name(), program.pid());
      try {
        Signal.KILL.send(program.pid());
      } catch (IOException e) {
        if (!program.hasEnded()) {
          throw e;
        }
      }
    }
  }

  /// What lives on, and what has come since.
  private List<LivingProcess> after(List<LivingProcess> killed, long deadline) throws IOException {
    Waiting.until(deadline, () -> killed.stream().allMatch(LivingProcess::hasEnded));
    return Stream.concat(
            killed.stream().filter(each -> !each.hasEnded()), processes.find().stream())
        .distinct()
        .toList();
  }
}
