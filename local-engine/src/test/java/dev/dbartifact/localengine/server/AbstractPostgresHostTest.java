package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
    Files.writeString(volume(CLONE).resolve("unflushed"), "00000000-1111-2222-3333-444444444444");

    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.stored()).containsExactly(SOURCE);
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
  void aCloneIsReplacedByACopyOfItsBusySource_withoutItsReaders() throws Exception {
    var source = started(create(SOURCE));
    try (var ledger = Ledger.busy(source)) {
      ledger.awaitTransfers(50);
      host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
      var listen = freeAddress();
      host.start(CLONE, listen);
      var clone = new Sql(listen, "admin", PASSWORD, "shop");
      clone.execute("CREATE TABLE mine (id int)");
      host.follow(CLONE, READER, elsewhere(listen), Map.of());
      try (var session = clone.connect()) {
        var before = ledger.transfers();
        ledger.awaitTransfers(before + 50);

        assertThat(
                host.replace(
                    SOURCE,
                    CLONE,
                    List.of(READER),
                    CloneKind.COPY_ON_WRITE,
                    DatabaseHost.Preparation.NONE))
            .isEqualTo(best());

        assertThat(session.isValid(1)).as("its sessions").isFalse();
        assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
        host.start(CLONE, listen);
        Ledger.assertBalanced(clone);
        assertThat(Ledger.transfers(clone)).isGreaterThanOrEqualTo(before + 50);
        assertThat(clone.value("SELECT to_regclass('mine') IS NULL")).isEqualTo("t");
        assertIsolated(source, clone);
      }
      host.follow(CLONE, READER, elsewhere(listen), Map.of());
      var reader = new Sql(elsewhere(listen), "admin", PASSWORD, "shop");
      awaitValue(reader, "SELECT to_regclass('only_clone') IS NOT NULL", "t");
    }
  }

  @Test
  void aReplacementThatWasCutOffWithoutItsVolumeIsFinishedByTheNext_alsoByOneThatFails()
      throws Exception {
    create(SOURCE);
    create(CLONE);
    var clone = volumes().resolve("clone");
    Files.move(clone, volumes().resolve("clone.next"));

    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() ->
            host.replace(
                SOURCE,
                CLONE,
                List.of(),
                CloneKind.COPY_ON_WRITE,
                () -> {
                  throw new HostException("not prepared");
                }))
        .withMessage("not prepared");

    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
    assertThat(started(CLONE).value("SELECT 1")).isEqualTo("1");
  }

  private Path volumes() {
    var pool = dataDirectory.resolve("pool/volumes");
    return Files.isDirectory(pool) ? pool : dataDirectory.resolve("volumes");
  }

  @Test
  void whatCannotBeReplacedGoesOn() throws Exception {
    var alone = started(create(CLONE));
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() ->
            host.replace(
                new StorageId("nobody"),
                CLONE,
                List.of(),
                CloneKind.COPY_ON_WRITE,
                DatabaseHost.Preparation.NONE))
        .withMessageContaining("nobody");
    create(SOURCE);
    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() ->
            host.replace(
                SOURCE,
                CLONE,
                List.of(),
                CloneKind.COPY_ON_WRITE,
                () -> {
                  throw new HostException("not prepared");
                }))
        .withMessage("not prepared");
    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
    assertThat(dataDirectory.resolve("volumes/clone.next")).doesNotExist();
    assertThat(dataDirectory.resolve("pool/volumes/clone.next")).doesNotExist();
    assertThat(alone.value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void nothingIsThrownAwayOfWhichSomethingCouldNotBeKept() throws Exception {
    create(SOURCE);
    started(create(CLONE)).execute("CREATE TABLE mine ()");

    assertThatIllegalStateException()
        .isThrownBy(() ->
            host.replace(
                SOURCE,
                CLONE,
                List.of(),
                CloneKind.COPY_ON_WRITE,
                () ->
                    () -> {
                      throw new IllegalStateException("not kept");
                    }))
        .withMessage("not kept");

    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
    assertThat(volumes().resolve("clone.next")).doesNotExist();
    assertThat(started(CLONE).value("SELECT to_regclass('mine')")).isEqualTo("mine");
  }

  @Test
  void aPasswordIsCarriedOverByWhatTheServerKeepsInItsPlace() throws Exception {
    var source = started(create(SOURCE));
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var other = host.verifier(ServerKind.POSTGRESQL, new Secret("another one"));
    host.changeMasterPassword(CLONE, "admin", other);
    assertThat(host.masterVerifier(CLONE, "admin")).as("of one at rest").contains(other);
    assertThat(host.running(CLONE)).isFalse();
    assertThat(host.masterVerifier(SOURCE, "nobody")).isEmpty();

    host.changeMasterPassword(SOURCE, "admin", host.masterVerifier(CLONE, "admin").orElseThrow());

    assertThat(source.as("admin", "another one").value("SELECT 1")).isEqualTo("1");
  }

  private static void assertIsolated(Sql source, Sql clone) throws SQLException {
    clone.execute("CREATE TABLE only_clone (id int)");
    source.execute("CREATE TABLE only_source (id int)");
    var tables =
        "SELECT string_agg(tablename, ' ' ORDER BY 1) FROM pg_tables WHERE tablename LIKE 'only%'";
    assertThat(clone.value(tables)).isEqualTo("only_clone");
    assertThat(source.value(tables)).isEqualTo("only_source");
  }
}
