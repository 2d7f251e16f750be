package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the end of a binary log is not to be trusted.
class BinaryLogTest {
  @TempDir private Path volume;
  private Path data;
  private BinaryLog log;

  @BeforeEach
  void anEmptyVolume() throws IOException {
    data = Files.createDirectory(volume.resolve("mariadb"));
    log = new BinaryLog(new MariaDbFiles(data, volume, volume, volume));
  }

  private void written() throws IOException {
    Files.writeString(data.resolve("binlog.index"), "./binlog.000001\n");
    Files.writeString(data.resolve("binlog.000001"), "events");
  }

  @Test
  void oneThatWasNeverWrittenIsNotInDoubt() throws Exception {
    assertThat(log.isInDoubt()).isFalse();
  }

  @Test
  void oneIsInDoubtAfterTheMachineWasStarted() throws Exception {
    log.begins();
    written();
    assertThat(log.isInDoubt()).isFalse();

    Files.writeString(volume.resolve("boot"), "an earlier one");

    assertThat(log.isInDoubt()).isTrue();
  }

  @Test
  void oneThatIsRemovedStaysInDoubtUntilTheNextBegins() throws Exception {
    written();

    log.discard();
    assertThat(log.size()).isZero();
    assertThat(log.isInDoubt()).isTrue();

    log.begins();
    assertThat(log.isInDoubt()).isFalse();
  }

  @Test
  void oneThatIsRemovedInPartIsInDoubt() throws Exception {
    Files.createDirectories(data.resolve("binlog.000001/cannot-be-removed"));

    assertThatThrownBy(log::discard).isInstanceOf(IOException.class);

    assertThat(log.isInDoubt()).isTrue();
  }
}
