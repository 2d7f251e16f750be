package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.server.HostException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that the host may fail to do.
@FunctionalInterface
public interface HostStep {

  Logger LOG = LoggerFactory.getLogger(HostStep.class);

  void run() throws HostException;

  /// Whether it was done; what could not be done is tried again when the engine starts.
  static boolean tried(String what, HostStep step) {
    return failure(what, step).isEmpty();
  }

  /// The same; why it was not done, where it was not.
  static Optional<String> failure(String what, HostStep step) {
    try {
      step.run();
      return Optional.empty();
    } catch (HostException e) {
      LOG.warn("Could not " + what + "; the next start tries again: " + e.getMessage());
      return Optional.of(e.getMessage());
    }
  }
}
