package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One engine for a data directory.
class DirectoryLockTest {
  @TempDir Path directory;

  @Test
  void aSecondEngineIsKeptAwayUntilTheFirstHasClosed() throws Exception {
    try (var _ = DirectoryLock.take(directory)) {
      assertThatIOException()
          .isThrownBy(() -> DirectoryLock.take(directory))
          .withMessage("another local engine works in " + directory);
    }
    DirectoryLock.take(directory).close();
  }
}
