package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Path;

/// A data directory on XFS.
class ReflinkHostIT extends AbstractPostgresHostTest {
  private LoopMount mount;

  @Override
  Path prepare(Path temporary) throws IOException {
    mount = LoopMount.xfs(temporary, 2L << 30);
    return mount.path();
  }

  @Override
  void release() throws IOException {
    if (mount != null) {
      mount.close();
    }
  }

  @Override
  String kind() {
    return "reflink";
  }

  @Override
  CloneKind best() {
    return CloneKind.COPY_ON_WRITE;
  }
}
