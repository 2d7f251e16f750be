package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlFileTest {

  @TempDir Path data;

  private void write(ByteBuffer content) throws IOException {
    Files.write(
        Files.createDirectory(data.resolve("global")).resolve("pg_control"), content.array());
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(8192).order(ByteOrder.nativeOrder());
  }

  /// @param begin of `MaxConnections`: that of version 1300, and of others
  @ParameterizedTest
  @ValueSource(ints = {180, 172, 188})
  void theRoomIsReadWhereverItLies(int begin) throws IOException {
    var content = empty().position(begin);
    content.putInt(105).putInt(9).putInt(11).putInt(7).putInt(128);
    content.putInt(1).putInt(8).putDouble(1234567.0);
    write(content);

    assertThat(ControlFile.room(data))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "max_connections", "105",
                "max_worker_processes", "9",
                "max_wal_senders", "11",
                "max_prepared_transactions", "7",
                "max_locks_per_transaction", "128"));
  }

  @Test
  void whatIsNoneIsToldOf() throws IOException {
    write(empty());

    assertThatIOException()
        .isThrownBy(() -> ControlFile.room(data))
        .withMessageContaining("pg_control is none that is known here");
  }
}
