package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// On a data directory that shares no blocks, root gets a pool.
class PoolHostIT extends AbstractPostgresHostTest {
  @Override
  Path prepare(Path temporary) throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    return Files.createDirectory(temporary.resolve("data"));
  }

  @Override
  String kind() {
    return "btrfs";
  }

  @Override
  CloneKind best() {
    return CloneKind.COPY_ON_WRITE;
  }
}
