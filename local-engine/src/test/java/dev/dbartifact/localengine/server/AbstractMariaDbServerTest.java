package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What users can rely on of a server of MariaDB, from one start to the next.
abstract class AbstractMariaDbServerTest extends MariaDbHostFixture {

  @Test
  void theMasterUserMayWorkAndIsNoSuperuser() throws Exception {
    create(SOURCE);
    assertThat(host.running(SOURCE)).isFalse();
    var shop = started(SOURCE);

    assertThat(shop.value("SELECT version()")).startsWith(host.engineVersion(SOURCE));
    assertThat(shop.value("SELECT current_user()")).isEqualTo("root@%");
    assertThat(shop.value("SELECT @@character_set_database")).isEqualTo("utf8mb4");
    shop.execute(
        "CREATE TABLE item (id int PRIMARY KEY)",
        "CREATE DATABASE second",
        "CREATE USER reader IDENTIFIED BY 'reader-pass'",
        "GRANT SELECT ON shop.* TO reader");
    assertThatThrownBy(() -> shop.execute("SET GLOBAL max_connections = 10"))
        .hasMessageContaining("Access denied");
    assertThatThrownBy(() -> shop.execute("SELECT 1 INTO OUTFILE '/tmp/never'"))
        .hasMessageContaining("Access denied");
    assertThatThrownBy(() -> shop.execute("SHUTDOWN")).hasMessageContaining("Access denied");
    assertThatThrownBy(() -> as(shop.listen(), "root", "wrong").connect())
        .hasMessageContaining("Access denied");
  }

  @Test
  void aFunctionNeedsNoMoreThanOnAurora() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE FUNCTION twice(n int) RETURNS int RETURN 2 * n");
    assertThat(source.value("SELECT twice(4)")).isEqualTo("8");
  }

  @Test
  void anotherSeriesIsRefused() {
    var unknown =
        new NewDatabase(
            ServerKind.MARIADB, "5.5.68", "root", new Secret(PASSWORD), Optional.empty());
    assertThatExceptionOfType(HostException.NotFound.class)
        .isThrownBy(() -> host.create(SOURCE, unknown))
        .withMessageContaining("There is no MariaDB 5.5.68 here; installed: " + version());
  }

  /// MariaDB removes what it finds under its names for temporary tables when it starts.
  @Test
  void aServerThatStartsLeavesTheTemporaryTablesOfOthers() throws Exception {
    create(SOURCE);
    var folder = Path.of(started(SOURCE).value("SELECT @@tmpdir"));
    var table = Files.createFile(folder.resolve("#sql-temptable-1-1-1.MAD"));

    create(CLONE);
    started(CLONE);

    assertThat(table).exists();
    host.stop(SOURCE);
    started(SOURCE);
    assertThat(table).doesNotExist();
  }

  @Test
  void anIdleServerKeepsNoRoomForTemporaryTables_andGetsItWhenThereAreSome() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    assertThat(temporary()).isGreaterThan(2_000_000L);

    host.history().keep(SOURCE, Instant.EPOCH, true);

    assertThat(temporary()).isLessThan(500_000L);
    try (var connection = source.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMPORARY TABLE pile ENGINE=InnoDB AS"
              + " SELECT seq, repeat(md5(seq), 100) AS filler FROM seq_1_to_20000");
      assertThat(temporary()).isGreaterThan(20_000_000L);
      host.history().keep(SOURCE, Instant.EPOCH, true);
      try (var rows = statement.executeQuery("SELECT sum(seq), sum(length(filler)) FROM pile")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("200010000");
        assertThat(rows.getString(2)).isEqualTo("64000000");
      }
    }

    host.stop(SOURCE);
    host.start(SOURCE, source.listen());
    host.history().keep(SOURCE, Instant.EPOCH, true);
    assertThat(temporary()).isLessThan(500_000L);
  }

  /// Bytes of the disk.
  private long temporary() throws IOException {
    var blocks = Program.run("stat", "--format=%b", data().resolve("ibtmp1").toString());
    return 512 * Long.parseLong(blocks.strip());
  }

  @Test
  void aServerThatWritesInVainEndsAtOnce_andWhatWasCommittedIsThere() throws Exception {
    create(SOURCE);
    started(SOURCE).execute("CREATE TABLE item AS SELECT seq FROM seq_1_to_1000");
    var closed = new AtomicInteger();

    host.stop(SOURCE, closed::incrementAndGet, () -> true);

    assertThat(closed).hasValue(1);
    assertThat(host.running(SOURCE)).isFalse();
    assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("1000");
  }

  @Test
  void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item AS SELECT seq FROM seq_1_to_100");
    kill(SOURCE);

    assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("100");
  }

  @Test
  void aServerThatOutlivedItsEngineIsFoundAgainAlsoOneThatStandsStill() throws Exception {
    create(SOURCE);
    host.close();
    var listen = freeAddress();
    EngineProcess.startServerAndDie(dataDirectory, SOURCE, listen);
    var pid = Files.readString(pidFile()).strip();
    Program.run("kill", "-s", "STOP", pid);

    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.running(SOURCE)).isTrue();
    host.start(SOURCE, listen);
    assertThat(Files.readString(pidFile()).strip()).isEqualTo(pid);
    assertThat(master(listen).value("SELECT 1")).isEqualTo("1");
    host.stop(SOURCE);
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void aServerThatStandsStillIsNotWaitedForForever() throws Exception {
    create(SOURCE);
    started(SOURCE);
    Program.run("kill", "-s", "STOP", pid(SOURCE));

    assertThatExceptionOfType(HostException.class)
        .isThrownBy(() ->
            assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () ->
                    host.changeMasterPassword(
                        SOURCE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")))))
        .withMessageContaining("Could not log in");

    Program.run("kill", "-s", "CONT", pid(SOURCE));
  }

  /// An engine that was killed may have written what its server has not read.
  @Test
  void aServerThatRunsOnReadsItsCertificateAgain() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(SOURCE, known(listen, "127.0.0.9"));
    var pid = Files.readString(pidFile()).strip();
    var wanted = known(listen, "127.0.0.1");
    var file = Path.of(master(listen).value("SELECT @@ssl_cert"));
    var authority = Authority.open(dataDirectory);
    ServerCertificate.in(file.getParent(), authority, ServerAccount.find())
        .renew(wanted.tls().identity());
    assertThatThrownBy(() -> connectVerifying(listen)).isInstanceOf(SQLException.class);

    host.start(SOURCE, wanted);

    connectVerifying(listen);
    assertThat(Files.readString(pidFile()).strip()).isEqualTo(pid);
  }

  private static Listen known(Listen listen, String host) {
    var identity = new Identity(List.of(host), Identity.FOREVER);
    return new Listen(listen.address(), listen.port(), List.of(), Tls.offeredAs(identity));
  }

  private void connectVerifying(Listen listen) throws SQLException {
    var url =
        "jdbc:mariadb://%s/shop?sslMode=verify-full&serverSslCert=%s"
            .formatted(listen, Authority.bundle(dataDirectory));
    DriverManager.getConnection(url, "root", PASSWORD).close();
  }

  private Path pidFile() throws IOException {
    try (var files = Files.walk(ServerDirectories.at(dataDirectory.toRealPath()).run())) {
      return files.filter(file -> file.endsWith("pid")).findFirst().orElseThrow();
    }
  }
}
