package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradingTest {
  @TempDir Path volume;

  @Test
  void nobodyElseReadsWhatIsDumped() throws IOException {
    var folder = Upgrading.makeFolder(volume.resolve("upgrade"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }
}
