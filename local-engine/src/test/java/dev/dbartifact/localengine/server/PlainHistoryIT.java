package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Where volumes are plain copies, a base would cost what the volume costs: there are none.
class PlainHistoryIT extends HostFixture {
  @Override
  Path prepare(Path temporary) throws IOException {
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    return temporary;
  }

  @Test
  void noHistoryIsKept() throws Exception {
    var source = started(create(SOURCE));

    host.history().keep(SOURCE, Instant.EPOCH, true);

    assertThat(host.history().since(SOURCE)).isEmpty();
    assertThat(host.history().bytes(SOURCE)).isZero();
    assertThat(source.value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
    assertThat(volume(SOURCE).getParent().toFile().list())
        .noneMatch(name -> name.startsWith("base.") || name.startsWith("log."));
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> host.history().restore(SOURCE, CLONE, Instant.now()))
        .withMessageContaining("no history of it is kept");
    assertThat(host.stored()).containsExactly(SOURCE);
  }
}
