package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class BtrfsVolumesIT extends AbstractVolumesTest {
  @TempDir static Path outside;
  private static LoopMount mount;
  private Path directory;

  @BeforeAll
  static void mount() throws IOException {
    mount = LoopMount.btrfs(outside, 512L << 20);
  }

  @AfterAll
  static void unmount() throws IOException {
    if (mount != null) {
      mount.close();
    }
  }

  @Override
  Volumes volumes() {
    return new BtrfsVolumes();
  }

  @Override
  Path directory() throws IOException {
    if (directory == null) {
      directory = Files.createTempDirectory(mount.path(), "case");
    }
    return directory;
  }
}
