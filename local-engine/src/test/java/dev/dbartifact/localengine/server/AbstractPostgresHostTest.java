package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// What clusters can rely on, whatever keeps their volumes.
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractPostgresHostTest {
  static final String PASSWORD = "s3cret'\\pass";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final StorageId SOURCE = new StorageId("source");
  private static final StorageId CLONE = new StorageId("clone");

  private Path dataDirectory;
  private PostgresHost host;

  /// A directory on a file system of the kind under test.
  abstract Path prepare(Path temporary) throws IOException;

  /// What the kind is called, and what its clones are.
  abstract String kind();

  abstract CloneKind best();

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    dataDirectory = prepare(temporary);
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());
  }

  @AfterEach
  void discardAll() throws HostException {
    for (var id : host.stored()) {
      host.discard(id);
    }
  }

  @AfterAll
  void close() throws IOException {
    if (host != null) {
      host.close();
    }
    release();
  }

  /// Gives back what [#prepare] took.
  void release() throws IOException {}

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
  void theMasterUserOwnsItsDatabasesAndIsNoSuperuser() throws Exception {
    var shop = started(create(SOURCE));

    assertThat(
            shop.value(
                "SELECT rolsuper OR rolreplication OR rolbypassrls FROM pg_roles WHERE rolname = current_user"))
        .isEqualTo("f");
    assertThat(shop.value("SELECT pg_has_role('rds_superuser', 'MEMBER')")).isEqualTo("t");
    shop.execute(
        "CREATE TABLE item (id int)",
        "CREATE ROLE reader LOGIN",
        "CREATE DATABASE second",
        "CREATE EXTENSION pgcrypto");
    shop.in("postgres").execute("CREATE TABLE item (id int)");
    assertThatThrownBy(() -> shop.execute("COPY item TO PROGRAM 'cat'"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> shop.execute("ALTER SYSTEM SET fsync = off"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void pagesAreCheckedAndWritesAreDurable() throws Exception {
    var shop = started(create(SOURCE));

    assertThat(shop.value("SHOW data_checksums")).isEqualTo("on");
    assertThat(shop.value("SHOW fsync")).isEqualTo("on");
    assertThat(shop.value("SHOW full_page_writes")).isEqualTo("on");
    assertThat(shop.value("SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(shop.value("SHOW server_version")).startsWith(host.engineVersion(SOURCE));
  }

  @Test
  void nobodyEntersWithoutThePassword() throws Exception {
    var shop = started(create(SOURCE));

    assertThatThrownBy(() -> shop.as("admin", "wrong").connect())
        .hasMessageContaining("password authentication failed");
    assertThatThrownBy(() -> shop.as("rdsadmin", "").connect())
        .hasMessageContaining("rejects connection");
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

  private static void assertIsolated(Sql source, Sql clone) throws SQLException {
    clone.execute("CREATE TABLE only_clone (id int)");
    source.execute("CREATE TABLE only_source (id int)");
    var tables =
        "SELECT string_agg(tablename, ' ' ORDER BY 1) FROM pg_tables WHERE tablename LIKE 'only%'";
    assertThat(clone.value(tables)).isEqualTo("only_clone");
    assertThat(source.value(tables)).isEqualTo("only_source");
  }

  @Test
  void aPasswordChangeReachesOneClusterOnly() throws Exception {
    var source = started(create(SOURCE));
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);

    host.changeMasterPassword(CLONE, "admin", new Secret("an0ther"));

    assertThatThrownBy(clone::connect).hasMessageContaining("password authentication failed");
    assertThat(clone.as("admin", "an0ther").value("SELECT 1")).isEqualTo("1");
    assertThat(source.value("SELECT 1")).isEqualTo("1");
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
  void theTemplateOfAVersionThatIsGoneGoesToo() throws Exception {
    create(SOURCE);
    var old = Files.createDirectory(volume(SOURCE).resolveSibling("template.9.0"));
    Files.writeString(
        old.resolve("volume.json"), "{\"volume\":\"template.9.0\",\"postgres\":\"9.0\"}");

    host.close();
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(old).doesNotExist();
    assertThat(old.resolveSibling("template." + version())).exists();
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
  void anAddressInUseIsSaidToBe() throws Exception {
    create(SOURCE);
    try (var other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatExceptionOfType(HostException.AddressTaken.class)
          .isThrownBy(() -> host.start(SOURCE, new Listen(LOOPBACK, other.getLocalPort())))
          .withMessageContaining("'source' on 127.0.0.1:" + other.getLocalPort());
    }
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void startingAtAnotherAddressMovesTheServer() throws Exception {
    var first = started(create(SOURCE));

    var second = started(SOURCE);

    assertThat(second.value("SELECT 1")).isEqualTo("1");
    assertThatThrownBy(first::connect).hasMessageContaining("refused");
  }

  @Test
  void whatIsAskedInVainLeavesNothing() throws Exception {
    var unknown = new NewDatabase("12.3", "admin", new Secret(PASSWORD), Optional.empty());
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.create(SOURCE, unknown))
        .withMessageContaining("There is no PostgreSQL 12.3 here; installed: ");
    var reserved = new NewDatabase(version(), "rdsadmin", new Secret(PASSWORD), Optional.empty());
    assertThatThrownBy(() -> host.create(SOURCE, reserved))
        .hasMessageContaining("role \"rdsadmin\" already exists");
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE));
    assertThat(host.stored()).isEmpty();
    create(SOURCE);
    assertThatThrownBy(() -> create(SOURCE)).hasMessageContaining("already there");
    assertThat(host.stored()).containsExactly(SOURCE);
  }

  @Test
  void noLogAndNoSettingShowsThePassword() throws Exception {
    started(create(SOURCE));
    host.changeMasterPassword(SOURCE, "admin", new Secret("an0ther"));
    assertThatThrownBy(() -> host.changeMasterPassword(SOURCE, "nobody", new Secret("an0ther")))
        .hasMessageContaining("role \"nobody\" does not exist")
        .hasMessageNotContaining("SCRAM");

    for (var directory : new String[] {"log", "run"}) {
      try (var files = Files.walk(dataDirectory.resolve(directory))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          assertThat(file).content().doesNotContain(PASSWORD, "an0ther", "SCRAM-SHA-256$");
        }
      }
    }
  }

  private StorageId create(StorageId id) throws HostException {
    host.create(id, new NewDatabase(version(), "admin", new Secret(PASSWORD), Optional.of("shop")));
    return id;
  }

  private String version() {
    return host.installedVersions().getFirst();
  }

  private Sql started(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(id, listen);
    assertThat(host.running(id)).isTrue();
    return new Sql(listen, "admin", PASSWORD, "shop");
  }

  private void kill(StorageId id) throws Exception {
    var pid =
        Long.parseLong(Files.readAllLines(volume(id).resolve("pgdata/postmaster.pid")).getFirst());
    var postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  private Path volume(StorageId id) {
    var pool = dataDirectory.resolve("pool");
    return (Files.exists(pool) ? pool : dataDirectory).resolve("volumes").resolve(id.value());
  }

  private static Listen freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      return new Listen(LOOPBACK, socket.getLocalPort());
    }
  }
}
