package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/// Plain copies take longer than a moment.
@Tag("long")
class MariaDbPlainHostIT extends AbstractMariaDbHostTest {
  @Override
  Path prepare(Path temporary) throws IOException {
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    return temporary;
  }

  @Override
  CloneKind best() {
    return CloneKind.FULL_COPY;
  }
}
