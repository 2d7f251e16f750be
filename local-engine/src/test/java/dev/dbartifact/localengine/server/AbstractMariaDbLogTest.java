package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The binary log, by which readers follow a server of MariaDB.
abstract class AbstractMariaDbLogTest extends MariaDbHostFixture {

  @Test
  void aServerThatWasKilledMayLogNoMore() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    kill(SOURCE);

    host.start(SOURCE, source.listen(), Map.of("log_bin", "0"));
    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("1");
    assertThat(source.value("SELECT @@log_bin")).isEqualTo("0");
    assertThat(logged()).isZero();

    host.start(SOURCE, source.listen());
    follow(source, READER, Map.of());
    assertThat(source.value("SELECT @@log_bin")).isEqualTo("1");
  }

  @Test
  void aReaderNeedsASourceThatRunsAndLogs() throws Exception {
    create(SOURCE);
    assertThatThrownBy(() -> host.follow(SOURCE, READER, freeAddress(), Map.of()))
        .hasMessageContaining("reader of 'source'")
        .hasMessageContaining("does not run");

    host.start(SOURCE, freeAddress(), Map.of("log_bin", "0"));
    assertThatThrownBy(() -> host.follow(SOURCE, READER, freeAddress(), Map.of()))
        .hasMessageContaining("reader of 'source'")
        .hasMessageContaining("binary log");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void whatAReaderHasIsKeptWhereItsSourceCannotBeFollowedAnyMore() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    host.stop(SOURCE);
    host.start(SOURCE, source.listen(), Map.of("log_bin", "0"));
    host.stop(READER);

    assertThatThrownBy(() -> follow(source, READER, Map.of()))
        .hasMessageContaining("reader of 'source'")
        .hasMessageContaining("binary log");
    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, READER);
  }

  @Test
  void whatIsLoggedForReadersIsBounded() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute(
        "CREATE TABLE load_test AS SELECT repeat(md5(seq), 100) AS filler FROM seq_1_to_30000");
    assertThat(logged()).isGreaterThan(90_000_000L);
    var second = source.value("SELECT now() + INTERVAL 2 SECOND");
    awaitValue(source, "SELECT now() > '%s'".formatted(second), "1");

    host.history().keep(SOURCE, Instant.EPOCH, true);

    assertThat(logged()).isLessThan(100_000L);
    var reader = follow(source, READER, Map.of());
    awaitValue(reader, "SELECT count(*) FROM load_test", "30000");
  }

  /// Commits do not wait for the disk to have what readers receive.
  @Test
  void nothingIsLostWithTheEndOfTheBinaryLog_whenTheMachineGoesDown() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    try (var connection = source.connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO item VALUES (1)");
      kill(SOURCE);
    } catch (SQLException e) {
      // The session ended with its server.
    }
    loseLogAsIfTheMachineHadGoneDown();

    host.start(SOURCE, source.listen());

    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("1");
    source.execute("INSERT INTO item VALUES (2)");
    var reader = follow(source, READER, Map.of());
    source.execute("INSERT INTO item VALUES (3)");
    awaitValue(reader, "SELECT count(*) FROM item", "3");
  }

  /// What a server that is killed has prepared, it can find in its binary log only.
  @Test
  void aServerOfAnOlderEngineThatWasKilledIsFencedIn_andWhatWasCommittedIsThere() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    try (var connection = source.connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO item VALUES (1)");
      kill(SOURCE);
    } catch (SQLException e) {
      // The session ended with its server.
    }
    Files.writeString(data().resolveSibling("fence"), "2");

    host.start(SOURCE, source.listen());

    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("1");
    var reader = follow(source, READER, Map.of());
    source.execute("INSERT INTO item VALUES (2)");
    awaitValue(reader, "SELECT count(*) FROM item", "2");
  }

  private void loseLogAsIfTheMachineHadGoneDown() throws IOException {
    Files.writeString(data().resolveSibling("boot"), "an earlier one");
    try (var log = FileChannel.open(data().resolve("binlog.000001"), StandardOpenOption.WRITE)) {
      log.truncate(100);
    }
  }
}
