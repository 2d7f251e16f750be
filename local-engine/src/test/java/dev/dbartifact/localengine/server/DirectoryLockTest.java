package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

  /// Whoever may read the file could hold a lock on it.
  @Test
  void theFileIsTheOwnersAlone_alsoWhereAnEarlierEngineHasMadeIt() throws Exception {
    var file = directory.resolve("host.lock");
    DirectoryLock.take(directory).close();
    assertThat(mode(file)).isEqualTo("rw-------");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    DirectoryLock.take(directory).close();
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
