package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/// On XFS.
@Tag("long")
class ReflinkHistoryIT extends AbstractHistoryTest {
  private LoopMount mount;

  /// Small, so that little log is much.
  @Override
  Path prepare(Path temporary) throws IOException {
    mount = LoopMount.xfs(temporary, 5L << 30);
    return mount.path();
  }

  @Override
  void release() throws IOException {
    if (mount != null) {
      mount.close();
    }
  }
}
