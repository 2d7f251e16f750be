package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

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

  /// What it wrote is then still on its way to the disk, and nobody wants it any more.
  @Test
  void aCloneThatIsEndedRightAfterItsStartIsNoNews() throws Exception {
    create(SOURCE);
    var warnings = new CopyOnWriteArrayList<String>();
    var logger = Logger.getLogger(Hardening.class.getName());
    var listener =
        new StreamHandler() {
          @Override
          public void publish(LogRecord entry) {
            warnings.add(entry.getMessage());
          }
        };
    logger.addHandler(listener);
    try {
      for (var number = 1; number <= 8; number++) {
        var id = new StorageId("brief-" + number);
        host.copy(SOURCE, id, CloneKind.COPY_ON_WRITE);
        host.start(id, freeAddress(), Map.of());
        if (number % 2 == 0) {
          host.stop(id);
        }
        host.discard(id);
      }
    } finally {
      logger.removeHandler(listener);
    }
    assertThat(warnings).isEmpty();
  }
}
