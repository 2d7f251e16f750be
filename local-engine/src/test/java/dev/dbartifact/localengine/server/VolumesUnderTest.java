package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What keeps the volumes of a host under test.
interface VolumesUnderTest {

  /// A data directory whose volumes are of the kind.
  Path inside(Path temporary) throws IOException;

  /// What clones are there.
  CloneKind best();

  /// The pool, whose clones show one moment.
  interface OnPool extends VolumesUnderTest {
    @Override
    default Path inside(Path temporary) throws IOException {
      LoopMount.require("mkfs.btrfs", "btrfs-progs");
      return Files.createDirectory(temporary.resolve("data"));
    }

    @Override
    default CloneKind best() {
      return CloneKind.COPY_ON_WRITE;
    }
  }

  /// Plain copies, which take longer than a moment; as an engine has them that was there before
  /// there were pools.
  interface OnPlainFiles extends VolumesUnderTest {
    @Override
    default Path inside(Path temporary) throws IOException {
      Files.createDirectories(temporary.resolve("volumes/from-before"));
      return temporary;
    }

    @Override
    default CloneKind best() {
      return CloneKind.FULL_COPY;
    }
  }
}
