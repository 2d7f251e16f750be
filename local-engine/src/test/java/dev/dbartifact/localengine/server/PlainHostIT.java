package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A data directory that began with plain copies stays with them.
class PlainHostIT extends AbstractPostgresHostTest {
  @Override
  Path prepare(Path temporary) throws IOException {
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    return temporary;
  }

  @Override
  String kind() {
    return "plain copy";
  }

  @Override
  CloneKind best() {
    return CloneKind.FULL_COPY;
  }
}
