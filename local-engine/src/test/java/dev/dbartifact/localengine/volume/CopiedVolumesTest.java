package dev.dbartifact.localengine.volume;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class CopiedVolumesTest extends AbstractVolumesTest {
  @TempDir Path directory;

  @Override
  Volumes volumes() {
    return new CopiedVolumes();
  }

  @Override
  Path directory() {
    return directory;
  }
}
