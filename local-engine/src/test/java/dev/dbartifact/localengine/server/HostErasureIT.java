package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class HostErasureIT {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("volume.StorageProbe");

  @TempDir Path temporary;

  /// Where a data directory's path leaves no room for a socket's, there is a folder elsewhere.
  @Test
  void nothingIsLeftOfAHost_alsoOutsideOfItsDirectory() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = Files.createDirectory(temporary.resolve("long".repeat(30)));
    // Plain copies, which need no pool.
    Files.createDirectories(data.resolve("volumes/from-before"));
    UnpackedPostgres.into(data);
    PostgresHost.open(data, PostgresHost.Options.defaults()).close();
    var elsewhere = ServerDirectories.at(data.toRealPath()).run();
    assertThat(elsewhere).isDirectory();

    HostErasure.erase(data);

    assertThat(elsewhere).doesNotExist();
    assertThat(names(data)).isEmpty();
  }

  private static String[] names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
    }
  }
}
