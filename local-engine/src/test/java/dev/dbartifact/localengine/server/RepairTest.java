package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.postgres.ServerStorage;
import dev.dbartifact.localengine.postgres.WalSegment;
import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.LeftProgram;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What the next engine finds of volumes that no server works on.
class RepairTest {
  @RegisterExtension
  static final QuietLog QUIET = QuietLog.of("server.Repair", "volume.StorageProbe");

  private static final String ORDERS = "orders";
  private static final StorageId ID = new StorageId(ORDERS);

  @TempDir Path directory;

  private final List<LeftProgram> stuck = new ArrayList<>();
  private VolumeStore store;
  private Path seal;

  @BeforeEach
  void aVolume() throws IOException {
    store = VolumeStore.open(directory, PoolSize.none());
    seal = sealed(ORDERS).resolve("volume.json");
    store.harden(ORDERS);
  }

  private Path sealed(String name) throws IOException {
    var volume = store.make(name);
    store.seal(Seal.ofPostgres(name, "17.11"), Sharing.SEPARATE);
    return volume;
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void oneThatIsWholeStays() throws IOException {
    repair();
    assertThat(store.names()).containsExactly(ORDERS);
  }

  @Test
  void oneThatWasNeverCompleteGoes() throws IOException {
    store.make("half");
    repair();
    assertThat(store.names()).containsExactly(ORDERS);
    assertThat(store.unclaimed()).isEmpty();
  }

  @Test
  void oneThatLostItsSealAndHasADamagedCopyIsSetAside() throws IOException {
    damage();
    repair();
    assertThat(store.names()).isEmpty();
    assertThat(store.aside(ORDERS)).isPresent();
  }

  @Test
  void oneThatAProgramWorksOnWhichDoesNotEndStays() throws IOException {
    damage();
    stuck.add(workingOn(store.path(ORDERS)));
    repair();
    assertThat(store.names()).containsExactly(ORDERS);
  }

  @Test
  void theHistoryOfOneThatIsSetAsideWaitsUntilItIsTakenBack() throws IOException {
    var base = base();
    sealed("log.orders");
    var whole = Files.readString(seal);
    damage();
    repair();

    var history = history();
    assertThat(history.since(ID)).contains(base.moment());
    assertThat(store.names()).containsExactly(base.volume(), "log.orders");

    Files.writeString(store.aside(ORDERS).orElseThrow().resolve("volume.json"), whole);
    assertThat(store.takeBack(ORDERS)).isTrue();
    assertThat(history().since(ID)).contains(base.moment());
  }

  @Test
  void itGoesWithTheVolume() throws IOException {
    base();
    sealed("log.orders");
    damage();
    repair();

    assertThat(removal(history()).discardAside()).isEqualTo(1);
    assertThat(store.names()).isEmpty();
    assertThat(store.unclaimed()).isEmpty();
  }

  @Test
  void whatIsLeftOfTheHistoryOfNoVolumeGoes() throws IOException {
    base();
    sealed("log.orders");
    store.discard(ORDERS);

    assertThat(history().since(ID)).isEmpty();
    assertThat(store.names()).isEmpty();
  }

  /// Nobody is told to mend what is whole.
  @Test
  void howItIsTakenBackIsSaid() throws IOException {
    store.setAside(ORDERS);
    assertThat(installed().howToTakeBack(ORDERS))
        .contains("for lack of a record", "takes the volume back")
        .doesNotContain("volume.json");

    Files.write(store.aside(ORDERS).orElseThrow().resolve("volume.json"), new byte[0]);
    Files.write(
        AtomicFile.copy(store.aside(ORDERS).orElseThrow().resolve("volume.json")), new byte[0]);
    assertThat(installed().howToTakeBack(ORDERS)).contains("volume.json cannot be read");
  }

  private void damage() throws IOException {
    Files.delete(seal);
    Files.write(AtomicFile.copy(seal), new byte[0]);
  }

  private Base base() throws IOException {
    var moment = Instant.parse("2026-01-02T03:04:05Z");
    var base =
        new Base(
            Base.name(ORDERS, moment), ORDERS, moment, new WalSegment("000000010000000000000001"));
    sealed(base.volume());
    base.write(store);
    return base;
  }

  /// This very process, which lives, as one that was started for that.
  private static LeftProgram workingOn(Path volume) throws IOException {
    var living = LivingProcess.of(ProcessHandle.current().pid()).orElseThrow();
    return new LeftProgram(living, new CommandLine(List.of("cp", "--archive", volume.toString())));
  }

  private void repair() throws IOException {
    new Repair(store, installed(), removal(unopened())).run();
  }

  private InstalledServers installed() {
    return new InstalledServers(store, List.of());
  }

  private Servers servers() throws IOException {
    return new Servers(
        ServerDirectories.in(directory),
        ServerAccount.find(),
        store,
        new ServerStorage(store.atomic(), 1L << 30),
        null);
  }

  private PostgresHistory unopened() throws IOException {
    return new PostgresHistory(store, servers(), installed());
  }

  private PostgresHistory history() throws IOException {
    var history = unopened();
    history.open();
    return history;
  }

  private Removal removal(PostgresHistory history) throws IOException {
    return new Removal(
        store, servers(), new Hardening(store, servers()), history, new StuckPrograms(stuck));
  }
}
