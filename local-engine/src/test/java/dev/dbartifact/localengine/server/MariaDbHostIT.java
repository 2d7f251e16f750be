package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// On the pool, whose clones show one moment.
class MariaDbHostIT extends AbstractMariaDbHostTest {
  @Override
  Path prepare(Path temporary) throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    return Files.createDirectory(temporary.resolve("data"));
  }

  @Override
  CloneKind best() {
    return CloneKind.COPY_ON_WRITE;
  }
}
