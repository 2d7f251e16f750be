package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {
  private static final int OF_NO_DATABASE = 0;
  private static final int OF_A_DATABASE = 16401;

  @TempDir Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectory(data.resolve("pg_replslot"));
  }

  /// As `ReplicationSlotOnDisk` of PostgreSQL begins.
  private void slot(String name, int database) throws IOException {
    var state = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
    state.putInt(0x1051CA1).putInt(0x0BADC0DE).putInt(5).putInt(184);
    state.put(16, name.getBytes(StandardCharsets.UTF_8)).putInt(80, database);
    var folder = Files.createDirectory(data.resolve("pg_replslot").resolve(name));
    Files.write(folder.resolve("state"), state.array());
  }

  private Set<String> slots() throws IOException {
    var names = new TreeSet<String>();
    try (var all = Files.newDirectoryStream(data.resolve("pg_replslot"))) {
      all.forEach(each -> names.add(each.getFileName().toString()));
    }
    return names;
  }

  @Test
  void thoseOfStandbysThatAreGoneGo() throws IOException {
    for (var standby : List.of("reader_db_abc", "reader_db_gone", "reader_log_db_gone")) {
      slot(standby, OF_NO_DATABASE);
    }

    new Slots(data).clearExcept(Set.of("db-abc"));

    assertThat(slots()).containsExactly("reader_db_abc");
  }

  @Test
  void thoseThatUsersDecodeStay_whateverTheirNames() throws IOException {
    slot("reader_service", OF_A_DATABASE);
    slot("reader_db_gone", OF_A_DATABASE);
    slot("theirs", OF_NO_DATABASE);

    new Slots(data).clearExcept(Set.of());

    assertThat(slots()).containsExactly("reader_db_gone", "reader_service", "theirs");
  }

  @Test
  void oneThatWasCutOffWhileItWasMadeGoes() throws IOException {
    Files.createDirectory(data.resolve("pg_replslot/reader_db_gone"));

    new Slots(data).clearExcept(Set.of());

    assertThat(slots()).isEmpty();
  }

  @Test
  void aCopyHasNone() throws IOException {
    slot("reader_service", OF_A_DATABASE);
    slot("reader_db_abc", OF_NO_DATABASE);

    new Slots(data).clear();

    assertThat(slots()).isEmpty();
  }
}
