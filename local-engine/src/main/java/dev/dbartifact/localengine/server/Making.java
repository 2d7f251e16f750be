package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a volume whole, or not at all.
record Making(VolumeStore store, Removal removal) {
  private static final Logger LOG = LoggerFactory.getLogger(Making.class);

  /// @param verb what follows "Could not", before the volume's name
  /// @throws HostException also where the volume is there already, which is left alone
  void trying(StorageId id, String verb, Failures.Step step) throws HostException {
    asking(
        id,
        verb,
        () -> {
          step.run();
          return null;
        });
  }

  /// The same for what has an answer.
  <T> T asking(StorageId id, String verb, Failures.Question<T> question) throws HostException {
    var attempt = "%s '%s'".formatted(verb, id);
    if (Files.exists(store.path(id.value()))) {
      throw new HostException("Could not %s: it is already there".formatted(attempt));
    }
    CrashPoint.VOLUME_UNMADE.reached();
    try {
      return Failures.asking(attempt, question);
    } catch (HostException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
  }

  private void undo(StorageId id, Exception failure) {
    try {
      removal.run(id.value());
    } catch (IOException e) {
      failure.addSuppressed(e);
      LOG.warn(
          "Left the half-made volume {} behind, to be removed at the next start: {}",
          id,
          e.getMessage());
    }
  }
}
