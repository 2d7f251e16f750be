package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.postgres.ControlFile;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What restores to a time can rely on, where volumes share blocks.
abstract class AbstractHistoryTest extends HostFixture {
  private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";

  /// Before everything: nothing is out of date.
  private static final Instant EVER = Instant.EPOCH;

  @Test
  void atFirstThereIsNone() throws Exception {
    started(create(SOURCE));
    assertThat(host.history().since(SOURCE)).isEmpty();
    assertThat(host.history().bytes(SOURCE)).isZero();
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> host.history().restore(SOURCE, CLONE, Instant.now()))
        .withMessageContaining("no history of it is kept");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void aRestoreHoldsWhatWasCommittedUpToTheTimeAndNothingLater() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
    host.history().keep(SOURCE, EVER, true);
    source.execute("INSERT INTO item VALUES (2)");
    var second = now(source);
    source.execute("INSERT INTO item VALUES (3)");
    var third = now(source);
    source.execute("DROP TABLE item");

    assertThat(items(restored("second", second))).isEqualTo("1,2");
    assertThat(items(restored("third", third))).isEqualTo("1,2,3");
    var base = host.history().since(SOURCE).orElseThrow();
    assertThat(base).isBefore(second);
    assertThat(items(restored("first", base))).isEqualTo("1");
  }

  @Test
  void ofABusySourceAnyMomentCanBeHad() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen, Map.of("track_commit_timestamp", "on"));
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    try (var ledger = Ledger.busy(source)) {
      ledger.awaitTransfers(50);
      host.history().keep(SOURCE, EVER, true);
      ledger.awaitTransfers(ledger.transfers() + 50);
      fillSegments(source);
      host.history().keep(SOURCE, EVER, true);
      ledger.awaitTransfers(ledger.transfers() + 50);
      var time = now(source);
      ledger.awaitTransfers(ledger.transfers() + 50);
      fillSegments(source);
      host.history().keep(SOURCE, EVER, true);

      var then = restored("then", time);

      Ledger.assertBalanced(then);
      var committed = "SELECT count(*) FROM journal WHERE pg_xact_commit_timestamp(xmin) <= '%s'";
      assertThat(then.value("SELECT count(*) FROM journal"))
          .isEqualTo(source.value(committed.formatted(time)));
      then.execute("CREATE TABLE only_then (id int)");
      assertThat(source.value("SELECT to_regclass('only_then')")).isNull();
    }
    host.stop(new StorageId("then"));
    assertThat(host.usage(new StorageId("then")).shared()).isZero();
  }

  @Test
  void theTimeOfAStoppedSourceCanBePastItsLastCommit() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
    host.history().keep(SOURCE, EVER, true);
    source.execute("INSERT INTO item VALUES (2)");
    host.stop(SOURCE);

    assertThat(items(restored("end", Instant.now()))).isEqualTo("1,2");
  }

  /// They, and their locks, need as much room as the source had.
  @Test
  void ofAStoppedSourceAlsoPreparedTransactionsCanBeHad() throws Exception {
    var room = Map.of("max_prepared_transactions", "7", "max_connections", "33");
    var listen = freeAddress();
    host.start(create(SOURCE), listen, room);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    source.execute("CREATE TABLE item (id int)");
    host.history().keep(SOURCE, EVER, true);
    source.execute(
        "BEGIN; INSERT INTO item VALUES (1); PREPARE TRANSACTION 'one'",
        "BEGIN; INSERT INTO item VALUES (2); PREPARE TRANSACTION 'two'",
        "COMMIT PREPARED 'two'");
    host.stop(SOURCE);
    assertThat(ControlFile.room(volume(SOURCE).resolve("pgdata"))).containsAllEntriesOf(room);

    host.history().restore(SOURCE, CLONE, Instant.now());

    var clone = freeAddress();
    host.start(CLONE, clone, room);
    var restored = new Sql(clone, "admin", PASSWORD, "shop");
    assertThat(items(restored)).isEqualTo("2");
    restored.execute("COMMIT PREPARED 'one'");
    assertThat(items(restored)).isEqualTo("1,2");
  }

  @Test
  void aRestoredVolumeHasAHistoryOfItsOwn() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
    host.history().keep(SOURCE, EVER, true);
    var restored = restored("once", now(source));
    var once = new StorageId("once");
    host.history().keep(once, EVER, true);
    restored.execute("INSERT INTO item VALUES (2)");
    var time = now(restored);
    fillSegments(restored);
    host.history().keep(once, EVER, true);
    restored.execute("DELETE FROM item");

    host.history().restore(once, CLONE, time);
    assertThat(items(started(CLONE))).isEqualTo("1,2");
  }

  @Test
  void historyIsGoneOnWithByTheNextEngine_alsoForServersThatWentOnMeanwhile() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)");
    host.history().keep(SOURCE, EVER, true);
    var since = host.history().since(SOURCE);
    fillSegments(source);
    source.execute("INSERT INTO item VALUES (1)");
    var time = now(source);
    reopen();
    assertThat(host.history().since(SOURCE)).isEqualTo(since);

    source = started(SOURCE);
    fillSegments(source);
    host.history().keep(SOURCE, EVER, true);
    source.execute("DELETE FROM item");
    host.history().keep(SOURCE, EVER, true);

    assertThat(host.history().since(SOURCE)).isEqualTo(since);
    assertThat(items(restored("then", time))).isEqualTo("1");
  }

  @Test
  void theServerForgetsWhatIsKept() throws Exception {
    var source = started(create(SOURCE));
    host.history().keep(SOURCE, EVER, true);
    for (var round = 0; round < 6; round++) {
      fillSegments(source);
      host.history().keep(SOURCE, EVER, true);
    }
    source.execute("CHECKPOINT");
    host.history().keep(SOURCE, EVER, true);
    source.execute("CHECKPOINT");

    assertThat(
            source.value(
                "SELECT count(*) FROM pg_ls_waldir() WHERE name < pg_walfile_name(pg_current_wal_lsn())"))
        .satisfies(old -> assertThat(Integer.parseInt(old)).isLessThanOrEqualTo(2));
  }

  @Test
  void whatIsOutOfDateGoesWithTheLogThatOnlyItNeeded() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)");
    host.history().keep(SOURCE, EVER, true);
    var first = host.history().since(SOURCE).orElseThrow();
    for (var round = 0; round < 10 && bases() < 2; round++) {
      fillSegments(source);
      host.history().keep(SOURCE, EVER, true);
    }
    assertThat(bases()).isEqualTo(2);
    assertThat(host.history().since(SOURCE)).contains(first);
    var segments = segments();

    host.history().keep(SOURCE, Instant.now(), true);

    assertThat(bases()).isEqualTo(1);
    assertThat(segments()).isLessThan(segments);
    assertThat(host.history().since(SOURCE).orElseThrow()).isAfter(first);
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() -> host.history().restore(SOURCE, CLONE, first))
        .withMessageContaining("its history begins at");
    source.execute("INSERT INTO item VALUES (7)");
    assertThat(items(restored("now", now(source)))).isEqualTo("7");
  }

  @Test
  void aGapInTheLogMovesTheWindow() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)");
    host.history().keep(SOURCE, EVER, true);
    var first = host.history().since(SOURCE).orElseThrow();
    dropSlot();
    source = started(SOURCE);
    fillSegments(source);
    source.execute("CHECKPOINT");

    host.history().keep(SOURCE, EVER, true);
    host.history().keep(SOURCE, EVER, true);

    assertThat(host.history().since(SOURCE).orElseThrow()).isAfter(first);
    source.execute("INSERT INTO item VALUES (1)");
    assertThat(items(restored("after", now(source)))).isEqualTo("1");
  }

  @Test
  void itGoesWithTheVolume_andIsNotBroughtAlongByAClone() throws Exception {
    started(create(SOURCE));
    host.history().keep(SOURCE, EVER, true);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    assertThat(started(CLONE).value(SLOTS)).isEqualTo("0");
    assertThat(host.history().since(CLONE)).isEmpty();

    host.discard(SOURCE);
    host.discard(CLONE);

    assertThat(host.history().since(SOURCE)).isEmpty();
    assertThat(volumes().filter(name -> !name.startsWith("template."))).isEmpty();
  }

  @Test
  void whatBelongsToNoVolumeGoesWhenTheHostIsOpened() throws Exception {
    started(create(SOURCE));
    host.history().keep(SOURCE, EVER, true);
    host.close();
    Files.move(volume(SOURCE), volume(SOURCE).resolveSibling("elsewhere"));
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(volumes().filter(name -> !name.startsWith("template."))).isEmpty();
  }

  @Test
  void aVolumeThatNobodyWroteToNeedsNoHistoryYet() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)");
    host.stop(SOURCE);
    source = started(SOURCE);

    host.history().keep(SOURCE, EVER, false);
    assertThat(host.history().since(SOURCE)).isEmpty();
    assertThat(source.value(SLOTS)).isEqualTo("0");
    assertThat(bases()).isZero();

    source.execute("INSERT INTO item VALUES (1)");
    host.history().keep(SOURCE, EVER, false);
    assertThat(host.history().since(SOURCE)).isPresent();
    assertThat(items(restored("now", now(source)))).isEqualTo("1");
  }

  @Test
  void anIdleVolumeIsNotEvenAsked() throws Exception {
    var source = started(create(SOURCE));
    // A base may fill up a segment: that is seen, and taken.
    lookFiveTimes();
    var sessions = "SELECT sessions FROM pg_stat_database WHERE datname = 'postgres'";
    var before = source.value(sessions);
    lookFiveTimes();
    assertThat(source.value(sessions)).isEqualTo(before);
    assertThat(bases()).isEqualTo(1);
  }

  private void lookFiveTimes() throws HostException {
    for (var look = 0; look < 5; look++) {
      host.history().keep(SOURCE, EVER, true);
    }
  }

  private void reopen() throws HostException {
    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());
  }

  private Sql restored(String id, Instant time) throws Exception {
    var volume = new StorageId(id);
    host.history().restore(SOURCE, volume, time);
    return started(volume);
  }

  /// As the server's clock has it.
  private static Instant now(Sql sql) throws SQLException {
    return Instant.parse(
        sql.value(
            "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
  }

  private static String items(Sql sql) throws SQLException {
    return sql.value("SELECT string_agg(id::text, ',' ORDER BY id) FROM item");
  }

  /// Writes more than a segment of log.
  private static void fillSegments(Sql sql) throws SQLException {
    sql.execute(
        "CREATE TABLE IF NOT EXISTS filler (content text)",
        "ALTER TABLE filler ALTER content SET STORAGE EXTERNAL",
        "INSERT INTO filler SELECT repeat(md5(i::text), 30000) FROM generate_series(1, 20) AS i",
        "TRUNCATE filler");
  }

  /// Between two looks, so that the server keeps nothing; it does not run afterwards.
  private void dropSlot() throws Exception {
    host.stop(SOURCE);
    try (var slots = Files.list(volume(SOURCE).resolve("pgdata/pg_replslot"))) {
      for (var slot : slots.toList()) {
        Files.delete(slot.resolve("state"));
        Files.delete(slot);
      }
    }
  }

  private Stream<String> volumes() {
    return Stream.of(volume(SOURCE).getParent().toFile().list());
  }

  private long bases() {
    return volumes().filter(name -> name.startsWith("base.source.")).count();
  }

  private long segments() {
    return Stream.of(volume(new StorageId("log")).resolveSibling("log.source").toFile().list())
        .filter(name -> name.length() == 24)
        .count();
  }
}
