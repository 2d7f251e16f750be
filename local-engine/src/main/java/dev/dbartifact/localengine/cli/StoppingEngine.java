package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.StateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine that answers no more and still ends its servers. It says so in a file of its data
/// directory.
///
/// @param since when it began
record StoppingEngine(ProcessHandle process, Instant since, int servers) {

  private static final Logger LOG = LoggerFactory.getLogger(StoppingEngine.class);
  private static final Pattern ANNOUNCEMENT = Pattern.compile("([0-9]{1,9}) ([0-9]{1,18})");

  /// Tells others that this process is stopping.
  static void announce(EngineDirectory directory, Clock clock) {
    var said = "%d %d\n".formatted(ProcessHandle.current().pid(), clock.millis());
    try {
      AtomicFile.write(directory.stopping(), said.getBytes(StandardCharsets.UTF_8));
    } catch (StateException e) {
      // It stops all the same, on a full disk, too.
      LOG.warn("Others will not see that the engine is stopping: {}", e.getMessage());
    }
  }

  static void withdraw(EngineDirectory directory) {
    AtomicFile.remove(directory.stopping());
  }

  /// The engine of this directory, if it is stopping.
  static Optional<StoppingEngine> find(EngineDirectory directory)
      throws IOException, HostException {
    if (!Files.exists(directory.stopping())) {
      return Optional.empty();
    }
    var said = ANNOUNCEMENT.matcher(Files.readString(directory.stopping()).strip());
    if (!said.matches()) {
      return Optional.empty();
    }
    var since = Instant.ofEpochMilli(Long.parseLong(said.group(2)));
    var process =
        ProcessHandle.of(Long.parseLong(said.group(1))).filter(found -> isThat(found, since));
    return process.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StoppingEngine(process.get(), since, Leftovers.servers(directory.root())));
  }

  /// A process that began later has the number of one that is gone.
  private static boolean isThat(ProcessHandle process, Instant since) {
    return process.isAlive()
        && process.info().startInstant().filter(began -> !began.isAfter(since)).isPresent();
  }

  /// For people.
  String said(Clock clock) {
    return "The local engine, process %d, has been stopping for %d s: %d database server(s) are still to end."
        .formatted(process.pid(), Duration.between(since, clock.instant()).toSeconds(), servers);
  }
}
