package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What clusters can rely on, whatever keeps their volumes.
abstract class AbstractPostgresHostTest extends HostFixture {
  private static final StorageId READER = new StorageId("reader-1");
  private static final String SLOTS = "SELECT count(*) FROM pg_replication_slots";
  private static final String BEGAN = "SELECT pg_postmaster_start_time()";

  /// What the kind is called, and what its clones are.
  abstract String kind();

  abstract CloneKind best();

  @Test
  void anEmptyHostStoresNothing() throws HostException {
    assertThat(host.storageKind()).isEqualTo(kind());
    assertThat(host.stored()).isEmpty();
    assertThat(host.installedVersions()).isNotEmpty();
    host.stop(create(SOURCE));
    host.discard(SOURCE);
    host.discard(SOURCE);
    assertThat(host.stored()).isEmpty();
  }

  @Test
  void aCloneOfABusySourceShowsOneMomentAndGoesItsOwnWay() throws Exception {
    var source = started(create(SOURCE));
    try (var ledger = Ledger.busy(source)) {
      ledger.awaitTransfers(50);

      assertThat(host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE)).isEqualTo(best());

      var copied = ledger.transfers();
      ledger.awaitTransfers(copied + 50);
      var clone = started(CLONE);
      Ledger.assertBalanced(clone);
      assertThat(Ledger.transfers(clone)).isBetween(50L, copied + 1);
      assertIsolated(source, clone);
    }
  }

  @Test
  void aCloneHasAlsoWhatWasCommittedWithoutWaitingForTheDisk() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item (id int)");
    try (var session = source.connect();
        var statement = session.createStatement()) {
      statement.execute("SET synchronous_commit = off");
      statement.execute("INSERT INTO item SELECT generate_series(1, 100)");

      host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    }

    assertThat(started(CLONE).value("SELECT count(*) FROM item")).isEqualTo("100");
  }

  @Test
  void aServerThatWritesInVainEndsAtOnce_andWhatWasCommittedIsThere() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item AS SELECT generate_series(1, 100) AS id");
    var closed = new AtomicInteger();

    host.stop(SOURCE, closed::incrementAndGet, () -> true);

    assertThat(closed).hasValue(1);
    assertThat(host.running(SOURCE)).isFalse();
    assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("100");
  }

  @Test
  void aServerSaysWhenItTakesNoMoreSessions() throws Exception {
    var source = started(create(SOURCE));
    var refused = new AtomicReference<String>();
    try (var open = source.connect()) {
      host.stop(SOURCE, () -> refused.set(refusal(source)), () -> false);

      assertThat(refused.get()).contains("shutting down");
      assertThat(open.isValid(1)).isFalse();
    }
    var never = new AtomicInteger();
    host.stop(SOURCE, never::incrementAndGet, () -> false);
    assertThat(never).as("one that did not run").hasValue(1);
  }

  private static String refusal(Sql sql) {
    try (var connection = sql.connect()) {
      return "a session that works: " + connection.isValid(1);
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  @Test
  void aFullCopyOfABusySourceIsOne() throws Exception {
    var source = started(create(SOURCE));
    try (var ledger = Ledger.busy(source)) {
      ledger.awaitTransfers(50);

      assertThat(host.copy(SOURCE, CLONE, CloneKind.FULL_COPY)).isEqualTo(CloneKind.FULL_COPY);

      Ledger.assertBalanced(started(CLONE));
    }
    host.stop(CLONE);
    assertThat(host.usage(CLONE).shared()).isZero();
  }

  @Test
  void aCloneOfAStoppedSourceHoldsTheSame() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item AS SELECT generate_series(1, 100) AS id");
    host.stop(SOURCE);
    host.stop(SOURCE);
    assertThat(host.running(SOURCE)).isFalse();

    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    assertThat(started(CLONE).value("SELECT count(*) FROM item")).isEqualTo("100");
    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
  }

  @Test
  void aCloneIsOnTheDiskSoonAfterItsFirstStart() throws Exception {
    host.start(create(SOURCE), freeAddress());
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);

    awaitValue(clone, "SHOW fsync", "on");
    await("the flush", () -> !Files.exists(volume(CLONE).resolve("unflushed")));

    kill(CLONE);
    assertThat(started(CLONE).value("SHOW fsync")).isEqualTo("on");
  }

  @Test
  void aCloneThatWasNotFlushedWhenTheMachineWentDownIsGone() throws Exception {
    host.start(create(SOURCE), freeAddress());
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    Files.writeString(volume(CLONE).resolve("unflushed"), "another-boot");

    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void aPasswordChangeReachesOneClusterOnly() throws Exception {
    var source = started(create(SOURCE));
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);

    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));

    assertThatThrownBy(clone::connect).hasMessageContaining("password authentication failed");
    assertThat(clone.as("admin", "an0ther").value("SELECT 1")).isEqualTo("1");
    assertThat(source.value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPasswordCanBeChangedWhileNoServerRuns() throws Exception {
    started(create(SOURCE)).execute("CREATE TABLE item AS SELECT 1 AS id");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));

    assertThat(host.running(CLONE)).isFalse();
    var clone = started(CLONE);
    assertThatThrownBy(clone::connect).hasMessageContaining("password authentication failed");
    assertThat(clone.as("admin", "an0ther").value("SELECT count(*) FROM item")).isEqualTo("1");
  }

  @Test
  void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item AS SELECT generate_series(1, 100) AS id");
    try (var idle = source.connect()) {
      kill(SOURCE);
      assertThat(host.running(SOURCE)).isFalse();

      assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("100");
      assertThat(idle.isValid(1)).isFalse();
    }
  }

  @Test
  void aServerThatOutlivedItsEngineIsFoundAgain() throws Exception {
    create(SOURCE);
    host.close();
    var listen = freeAddress();
    EngineProcess.startServerAndDie(dataDirectory, SOURCE, listen);

    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.running(SOURCE)).isTrue();
    var before =
        new Sql(listen, "admin", PASSWORD, "shop").value("SELECT pg_postmaster_start_time()");
    host.start(SOURCE, listen);
    assertThat(
            new Sql(listen, "admin", PASSWORD, "shop").value("SELECT pg_postmaster_start_time()"))
        .isEqualTo(before);
    host.stop(SOURCE);
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void aVolumeThatWasNeverCompletedIsGoneAfterTheNextOpening() throws Exception {
    create(SOURCE);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var seal = volume(CLONE).resolve("volume.json");
    Files.writeString(seal, Files.readString(volume(SOURCE).resolve("volume.json")));
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.start(CLONE, freeAddress()));

    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void anEngineKilledWhileCopyingLeavesWholeVolumesOnly() throws Exception {
    var source = started(create(SOURCE));
    source.execute("CREATE TABLE item AS SELECT generate_series(1, 100) AS id");
    host.close();

    var made = EngineProcess.copyAndDie(dataDirectory, SOURCE, 2);
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.stored()).contains(SOURCE).containsAll(made);
    for (var id : host.stored()) {
      assertThat(started(id).value("SELECT count(*) FROM item")).isEqualTo("100");
    }
  }

  @Test
  void closingStopsAllServers() throws Exception {
    var source = started(create(SOURCE));

    host.close();

    assertThatThrownBy(source::connect).hasMessageContaining("refused");
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void aSecondEngineIsKeptAway() {
    assertThatThrownBy(() -> PostgresHost.open(dataDirectory, PostgresHost.Options.defaults()))
        .hasMessageContaining("another local engine works in");
  }

  @Test
  void aReaderShowsWhatABusySourceWritesAndWritesNothing() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen, Map.of("max_connections", "55"));
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    try (var ledger = Ledger.busy(source)) {
      ledger.awaitTransfers(50);

      host.follow(SOURCE, READER, elsewhere(listen), Map.of("max_connections", "33"));

      var reader = new Sql(elsewhere(listen), "admin", PASSWORD, "shop");
      Ledger.assertBalanced(reader);
      assertThat(reader.value("SELECT pg_is_in_recovery()")).isEqualTo("t");
      assertThat(reader.value("SHOW max_connections")).isEqualTo("55");
      assertThatThrownBy(() -> reader.execute("CREATE TABLE mine (id int)"))
          .hasMessageContaining("read-only transaction");
      source.execute("CREATE TABLE news (id int)");
      awaitValue(reader, "SELECT to_regclass('news') IS NOT NULL", "t");
    }

    assertThat(host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE)).isEqualTo(best());
    assertThat(started(CLONE).value(SLOTS)).as("slots of a clone").isEqualTo("0");
  }

  @Test
  void aReaderThatFollowsIsLeftAlone_andOneThatDoesNotIsMadeAnew() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    var reader = new Sql(elsewhere(listen), "admin", PASSWORD, "shop");
    awaitValue(source, SLOTS + " WHERE active", "1");
    var began = reader.value(BEGAN);

    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    assertThat(reader.value(BEGAN)).isEqualTo(began);

    kill(SOURCE);
    host.start(SOURCE, listen);
    source.execute("CREATE TABLE after_the_crash (id int)");
    awaitValue(reader, "SELECT to_regclass('after_the_crash') IS NOT NULL", "t");
    assertThat(reader.value(BEGAN)).isEqualTo(began);

    kill(READER);
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    assertThat(reader.value("SELECT to_regclass('after_the_crash') IS NOT NULL")).isEqualTo("t");
    assertThat(reader.value(BEGAN)).isNotEqualTo(began);

    host.unfollow(SOURCE, READER);
    host.unfollow(SOURCE, READER);
    assertThat(host.stored()).containsExactly(SOURCE);
    assertThat(source.value(SLOTS)).isEqualTo("0");
  }

  @Test
  void aReaderThatIsStartedByItselfWritesAndItsSourceForgetsIt() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    source.execute("CREATE TABLE before (id int)");
    host.follow(SOURCE, READER, elsewhere, Map.of("work_mem", "8192"));
    var reader = new Sql(elsewhere, "admin", PASSWORD, "shop");
    awaitValue(reader, "SELECT to_regclass('before') IS NOT NULL", "t");
    var began = reader.value(BEGAN);

    host.start(READER, elsewhere, Map.of("work_mem", "8192"));

    assertThat(reader.value(BEGAN)).as("its start").isEqualTo(began);
    assertThat(reader.value("SELECT pg_is_in_recovery()")).isEqualTo("f");
    reader.execute("CREATE TABLE mine (id int)");
    source.execute("CREATE TABLE theirs (id int)");
    assertThat(reader.value("SELECT to_regclass('theirs') IS NULL")).isEqualTo("t");
    assertThat(source.value(SLOTS)).as("slots of the source").isEqualTo("0");
    host.stop(READER);
    host.discard(SOURCE);
    host.start(READER, elsewhere);
    assertThat(reader.value("SELECT to_regclass('mine') IS NOT NULL")).isEqualTo("t");
    assertThat(reader.value("SELECT pg_is_in_recovery()")).isEqualTo("f");
    assertThat(reader.value("SELECT current_setting('primary_conninfo')")).isEmpty();
  }

  @Test
  void aReaderThatDoesNotRunIsPromotedToo_andKeepsNothingAtASourceThatStartsLater()
      throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere, Map.of());
    host.stop(READER);
    host.stop(SOURCE);

    host.start(READER, elsewhere);
    var reader = new Sql(elsewhere, "admin", PASSWORD, "shop");
    reader.execute("CREATE TABLE mine (id int)");
    host.start(SOURCE, listen);
    assertThat(new Sql(listen, "admin", PASSWORD, "shop").value(SLOTS)).isEqualTo("0");
  }

  /// The server wrote by itself, and its engine was killed before the source had forgotten it.
  @Test
  void aReaderWhosePromotionWasCutShortIsForgottenByItsSourceAllTheSame() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    var source = new Sql(listen, "admin", PASSWORD, "shop");
    host.follow(SOURCE, READER, elsewhere, Map.of());
    awaitValue(source, SLOTS + " WHERE active", "1");
    host.stop(READER);
    Files.delete(volume(READER).resolve("pgdata/standby.signal"));
    assertThat(source.value(SLOTS)).as("slots before").isEqualTo("1");

    host.start(READER, elsewhere);
    new Sql(elsewhere, "admin", PASSWORD, "shop").execute("CREATE TABLE mine (id int)");
    assertThat(source.value(SLOTS)).as("slots after").isEqualTo("0");
  }

  @Test
  void aReaderIsNotGivenUpWhileItsSourceDoesNotRun() throws Exception {
    var listen = freeAddress();
    var elsewhere = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere, Map.of());
    host.stop(READER);
    host.stop(SOURCE);

    assertThatThrownBy(() -> host.follow(SOURCE, READER, elsewhere, Map.of()))
        .hasMessageContaining("does not run");
    assertThat(host.stored()).contains(READER);
  }

  @Test
  void aReaderThatIsGoneKeepsNothingAtItsSource() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen);
    host.follow(SOURCE, READER, elsewhere(listen), Map.of());
    host.stop(SOURCE);
    host.unfollow(SOURCE, READER);

    host.start(SOURCE, listen);
    assertThat(new Sql(listen, "admin", PASSWORD, "shop").value(SLOTS)).isEqualTo("0");
  }

  @Test
  void aReaderNeedsASourceThatRuns() throws Exception {
    create(SOURCE);
    assertThatThrownBy(() -> host.follow(SOURCE, READER, freeAddress(), Map.of()))
        .hasMessageContaining("reader of 'source'")
        .hasMessageContaining("does not run");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void aServerAnswersAtEachOfItsAddressesOrDoesNotStart() throws Exception {
    var free = freeAddress();
    var second = InetAddress.ofLiteral("127.0.0.2");
    var listen = new Listen(LOOPBACK, free.port(), List.of(second));
    try (var _ = new ServerSocket(free.port(), 1, second)) {
      create(SOURCE);
      assertThatExceptionOfType(HostException.AddressTaken.class)
          .isThrownBy(() -> host.start(SOURCE, listen));
    }
    host.start(SOURCE, listen);
    assertThat(new Sql(free, "admin", PASSWORD, "shop").value("SELECT 1")).isEqualTo("1");
    assertThat(new Sql(elsewhere(free), "admin", PASSWORD, "shop").value("SELECT 1"))
        .isEqualTo("1");

    host.start(SOURCE, free);
    assertThatThrownBy(new Sql(elsewhere(free), "admin", PASSWORD, "shop")::connect)
        .hasMessageContaining("refused");
  }

  private static void assertIsolated(Sql source, Sql clone) throws SQLException {
    clone.execute("CREATE TABLE only_clone (id int)");
    source.execute("CREATE TABLE only_source (id int)");
    var tables =
        "SELECT string_agg(tablename, ' ' ORDER BY 1) FROM pg_tables WHERE tablename LIKE 'only%'";
    assertThat(clone.value(tables)).isEqualTo("only_clone");
    assertThat(source.value(tables)).isEqualTo("only_source");
  }

  /// A reader has its source's port, at another address.
  private static Listen elsewhere(Listen listen) {
    return new Listen(InetAddress.ofLiteral("127.0.0.2"), listen.port());
  }
}
