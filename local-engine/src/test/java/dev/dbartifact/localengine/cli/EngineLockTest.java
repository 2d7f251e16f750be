package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLockTest {
  @TempDir Path folder;

  @Test
  void aSecondOneGetsItWhenTheFirstHasEnded() throws Exception {
    var directory = new EngineDirectory(folder.resolve("engine"));
    try (var _ = EngineLock.take(directory).orElseThrow()) {
      assertThat(EngineLock.take(directory)).isEmpty();
    }
    EngineLock.take(directory).orElseThrow().close();
  }

  /// Whoever may read the file could hold a lock on it.
  @Test
  void theFileIsTheOwnersAlone() throws Exception {
    var directory = new EngineDirectory(folder.resolve("engine"));
    EngineLock.take(directory).orElseThrow().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.lock())))
        .isEqualTo("rw-------");
  }
}
