package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import dev.dbartifact.localengine.mariadb.MariaDbProcess;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// What clusters on MariaDB can rely on, whatever keeps their volumes.
@TestInstance(Lifecycle.PER_CLASS)
abstract class AbstractMariaDbHostTest {
  private static final String PASSWORD = "s3cret'\\pass";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final StorageId SOURCE = new StorageId("source");
  private static final StorageId CLONE = new StorageId("clone");
  private static final StorageId READER = new StorageId("reader-1");
  private static final String REPLICAS =
      "SELECT count(*) FROM mysql.global_priv WHERE user LIKE 'rdsrepladmin%'";
  private static final String USERS_OF_REPLICAS =
      "SELECT group_concat(user SEPARATOR ' ') FROM mysql.global_priv"
          + " WHERE user LIKE 'rdsrepladmin%'";

  /// Its bit in `access`; see `sql/privilege.h` of MariaDB.
  private static final long CONNECTION_ADMIN = 1L << 32;

  private static final String KEPT = "SELECT @@binlog_expire_logs_seconds";
  private static final String TABLES =
      "SELECT count(*) FROM information_schema.tables WHERE table_name = '%s'";

  private Path dataDirectory;
  private PostgresHost host;

  /// A directory on a file system of the kind under test.
  abstract Path prepare(Path temporary) throws IOException;

  /// What clones are there.
  abstract CloneKind best();

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    dataDirectory = prepare(temporary);
    UnpackedPostgres.into(dataDirectory);
    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());
    var there = !host.installedVersions(ServerKind.MARIADB).isEmpty();
    var message = "MariaDB is not installed. " + host.advice(ServerKind.MARIADB);
    assertThat(there || System.getenv("CI") == null).as(message).isTrue();
    Assumptions.assumeTrue(there, message);
  }

  @AfterEach
  void discardAll() throws HostException {
    for (var id : host.stored()) {
      host.discard(id);
    }
  }

  @AfterAll
  void close() {
    if (host != null) {
      host.close();
    }
  }

  /// Asks over TCP with user and password, as everybody does.
  private record MySql(Listen listen, String user, String password) {
    Connection connect() throws SQLException {
      return DriverManager.getConnection(
          "jdbc:mariadb://%s/shop?connectTimeout=10000".formatted(listen), user, password);
    }

    void execute(String... statements) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement()) {
        for (var sql : statements) {
          statement.execute(sql);
        }
      }
    }

    String value(String query) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private String version() {
    return host.installedVersions(ServerKind.MARIADB).getFirst();
  }

  private void create(StorageId id) throws HostException {
    host.create(
        id,
        new NewDatabase(
            ServerKind.MARIADB, version(), "root", new Secret(PASSWORD), Optional.of("shop")));
  }

  private MySql started(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(id, listen);
    return new MySql(listen, "root", PASSWORD);
  }

  private static Listen freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
      return new Listen(LOOPBACK, socket.getLocalPort());
    }
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
    assertThatThrownBy(() -> new MySql(shop.listen(), "root", "wrong").connect())
        .hasMessageContaining("Access denied");
  }

  @Test
  void aCloneOfABusySourceShowsOneMomentAndGoesItsOwnWay() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute(
        "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)",
        "INSERT INTO account SELECT seq, 100 FROM seq_1_to_200",
        "CREATE TABLE transfer (id bigint AUTO_INCREMENT PRIMARY KEY, amount int)");
    try (var transfers = Transfers.between(source)) {
      transfers.await(50);

      assertThat(host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE)).isEqualTo(best());

      var copied = transfers.count();
      transfers.await(copied + 50);
      var clone = started(CLONE);
      assertThat(clone.value("SELECT sum(balance) FROM account")).isEqualTo("20000");
      assertThat(Long.parseLong(clone.value("SELECT count(*) FROM transfer")))
          .isBetween(50L, copied + 1);
      assertThat(clone.value("SELECT max(id) - count(*) FROM transfer")).isEqualTo("0");
      clone.execute("CHECK TABLE account EXTENDED", "CREATE TABLE only_clone (id int)");
      source.execute("CREATE TABLE only_source (id int)");
      var tables =
          "SELECT group_concat(table_name) FROM information_schema.tables"
              + " WHERE table_name LIKE 'only%'";
      assertThat(clone.value(tables)).isEqualTo("only_clone");
      assertThat(source.value(tables)).isEqualTo("only_source");
    }
  }

  /// Moves money between accounts, all the time.
  private record Transfers(
      Thread worker, AtomicBoolean stopping, AtomicLong done, AtomicReference<Exception> failure)
      implements AutoCloseable {
    static Transfers between(MySql source) {
      var done = new AtomicLong();
      var failure = new AtomicReference<Exception>();
      var stopping = new AtomicBoolean();
      var worker = Thread.ofPlatform().start(() -> run(source, stopping, done, failure));
      return new Transfers(worker, stopping, done, failure);
    }

    private static void run(
        MySql source, AtomicBoolean stopping, AtomicLong done, AtomicReference<Exception> failure) {
      try (var connection = source.connect();
          var statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        while (!stopping.get()) {
          var number = done.get();
          var change = "UPDATE account SET balance = balance %s 1 WHERE id = %d";
          statement.execute(change.formatted("-", 1 + number % 200));
          statement.execute(change.formatted("+", 1 + number * 7 % 200));
          statement.execute("INSERT INTO transfer (amount) VALUES (1)");
          connection.commit();
          done.incrementAndGet();
        }
      } catch (SQLException e) {
        failure.set(e);
      }
    }

    long count() {
      return done.get();
    }

    void await(long wanted) {
      var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (done.get() < wanted) {
        assertThat(failure.get()).isNull();
        assertThat(System.nanoTime()).as("waiting for transfers").isLessThan(deadline);
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      stopping.set(true);
      try {
        worker.join(TimeUnit.SECONDS.toMillis(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aFullCopySharesNothing() throws Exception {
    create(SOURCE);
    started(SOURCE).execute("CREATE TABLE item AS SELECT seq FROM seq_1_to_1000");

    assertThat(host.copy(SOURCE, CLONE, CloneKind.FULL_COPY)).isEqualTo(CloneKind.FULL_COPY);

    assertThat(started(CLONE).value("SELECT count(*) FROM item")).isEqualTo("1000");
    host.stop(CLONE);
    assertThat(host.usage(CLONE).shared()).isZero();
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
  void aCloneIsReplacedByACopyOfItsSource_andItsPasswordCarriedOver() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item (id int)");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var clone = started(CLONE);
    host.changeMasterPassword(
        CLONE, "root", host.verifier(ServerKind.MARIADB, new Secret("its own")));
    var kept = host.masterVerifier(CLONE, "root").orElseThrow();
    assertThat(host.masterVerifier(SOURCE, "nobody")).isEmpty();
    source.execute("INSERT INTO item VALUES (1), (2)");

    assertThat(host.replace(SOURCE, CLONE, List.of(), CloneKind.COPY_ON_WRITE, () -> {}))
        .isEqualTo(best());

    host.start(CLONE, clone.listen());
    host.changeMasterPassword(CLONE, "root", kept);
    var again = new MySql(clone.listen(), "root", "its own");
    assertThat(again.value("SELECT count(*) FROM item")).isEqualTo("2");
    again.execute("DELETE FROM item");
    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("2");
  }

  @Test
  void aPasswordCanBeChangedWhileNoServerRuns() throws Exception {
    create(SOURCE);
    host.changeMasterPassword(
        SOURCE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));

    assertThat(host.running(SOURCE)).isFalse();
    var listen = freeAddress();
    host.start(SOURCE, listen);
    assertThat(new MySql(listen, "root", "an0ther").value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPasswordChangeReachesOneClusterOnlyAndNoLog() throws Exception {
    create(SOURCE);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var source = started(SOURCE);
    var listen = freeAddress();
    host.start(CLONE, listen, Map.of("general_log", "1", "max_statement_time", "0.001"));

    host.changeMasterPassword(
        CLONE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));

    assertThatThrownBy(() -> new MySql(listen, "root", PASSWORD).connect())
        .hasMessageContaining("Access denied");
    assertThat(new MySql(listen, "root", "an0ther").value("SELECT 1")).isEqualTo("1");
    assertThat(source.value("SELECT 1")).isEqualTo("1");
    var log = dataDirectory.resolve("log").resolve(CLONE.value());
    assertThat(log.resolve("general.log")).content().contains("Connect");
    try (var files = Files.list(log)) {
      for (var file : files.toList()) {
        assertThat(file).content().doesNotContain("an0ther", "ALTER USER");
      }
    }
  }

  @Test
  void settingsAreTakenAtTheStartAndWhereTheyCanChangeLater() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(
        SOURCE,
        listen,
        Map.of("max_connections", "33", "performance_schema", "1", "time_zone", "+02:00"));
    var shop = new MySql(listen, "root", PASSWORD);
    assertThat(shop.value("SELECT @@max_connections")).isEqualTo("33");
    assertThat(shop.value("SELECT @@performance_schema")).isEqualTo("1");
    assertThat(shop.value("SELECT @@time_zone")).isEqualTo("+02:00");

    host.reload(
        SOURCE,
        listen,
        Map.of("performance_schema", "0", "sql_mode", "ANSI_QUOTES", "long_query_time", "1.5"));

    assertThat(shop.value("SELECT @@max_connections")).isEqualTo("100");
    assertThat(shop.value("SELECT @@performance_schema")).isEqualTo("1");
    assertThat(shop.value("SELECT @@time_zone")).isEqualTo("+00:00");
    assertThat(shop.value("SELECT @@long_query_time")).startsWith("1.5");
    assertThat(shop.value("SELECT @@global.sql_mode")).isEqualTo("ANSI_QUOTES");
  }

  @Test
  void aServerSaysWhatItsSettingsAreAndTakesThem() throws Exception {
    var settings = host.parameters(ServerKind.MARIADB, version());

    assertThat(settings)
        .filteredOn(each -> each.name().equals("max_connections"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.type()).isEqualTo("integer");
          assertThat(each.context()).isEqualTo("user");
        });
    assertThat(settings)
        .filteredOn(each -> each.name().equals("performance_schema"))
        .extracting(ServerParameter::context)
        .containsExactly("postmaster");
    assertThat(settings)
        .filteredOn(each ->
            java.util.Set.of("datadir", "port", "bind_address", "innodb_doublewrite")
                .contains(each.name()))
        .hasSize(4)
        .allMatch(each -> each.context().equals("internal"));
    assertThat(host.stored()).isEmpty();
  }

  @Test
  void aWrongSettingIsNamedInTheServersWords() throws Exception {
    create(SOURCE);
    assertThatThrownBy(() -> host.start(SOURCE, freeAddress(), Map.of("no_such_setting", "1")))
        .hasMessageContaining("unknown variable 'no_such_setting=1'");
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void aKilledServerIsStartedAgainWithAllThatWasCommitted() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE TABLE item AS SELECT seq FROM seq_1_to_100");
    kill(SOURCE);

    assertThat(started(SOURCE).value("SELECT count(*) FROM item")).isEqualTo("100");
  }

  private Path pidFile() throws IOException {
    try (var files = Files.walk(ServerDirectories.at(dataDirectory.toRealPath()).run())) {
      return files.filter(file -> file.endsWith("pid")).findFirst().orElseThrow();
    }
  }

  @Test
  void aServerThatOutlivedItsEngineIsFoundAgainAlsoOneThatStandsStill() throws Exception {
    create(SOURCE);
    host.close();
    var listen = freeAddress();
    EngineProcess.startServerAndDie(dataDirectory, SOURCE, listen);
    var pid = Files.readString(pidFile()).strip();
    dev.dbartifact.localengine.program.Program.run("kill", "-s", "STOP", pid);

    host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults());

    assertThat(host.running(SOURCE)).isTrue();
    host.start(SOURCE, listen);
    assertThat(Files.readString(pidFile()).strip()).isEqualTo(pid);
    assertThat(new MySql(listen, "root", PASSWORD).value("SELECT 1")).isEqualTo("1");
    host.stop(SOURCE);
    assertThat(host.running(SOURCE)).isFalse();
  }

  /// An engine that was killed may have written what its server has not read.
  @Test
  void aServerThatRunsOnReadsItsCertificateAgain() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(SOURCE, known(listen, "127.0.0.9"));
    var pid = Files.readString(pidFile()).strip();
    var wanted = known(listen, "127.0.0.1");
    var file = Path.of(new MySql(listen, "root", PASSWORD).value("SELECT @@ssl_cert"));
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
  void aReaderShowsWhatABusySourceWritesAndTakesNothingFromUsers() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute(
        "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)",
        "INSERT INTO account SELECT seq, 100 FROM seq_1_to_200",
        "CREATE TABLE transfer (id bigint AUTO_INCREMENT PRIMARY KEY, amount int)",
        "CREATE USER clerk IDENTIFIED BY 'clerk-pass'",
        "GRANT ALL ON shop.* TO clerk");
    try (var transfers = Transfers.between(source)) {
      transfers.await(50);

      var reader = follow(source, READER, Map.of("event_scheduler", "ON", "max_connections", "33"));

      assertThat(reader.value("SELECT sum(balance) FROM account")).isEqualTo("20000");
      assertThat(reader.value("SELECT @@max_connections")).isEqualTo("33");
      assertThat(reader.value("SELECT @@event_scheduler")).isEqualTo("OFF");
      for (var user : List.of(reader, new MySql(reader.listen(), "clerk", "clerk-pass"))) {
        assertThatThrownBy(() -> user.execute("DELETE FROM transfer"))
            .hasMessageContaining("--read-only");
        assertThatThrownBy(() -> user.execute("SET GLOBAL read_only = 0"))
            .hasMessageContaining("Access denied");
      }
      source.execute("CREATE TABLE news (id int)");
      awaitValue(reader, TABLES.formatted("news"), "1");
    }
    source.execute("INSERT INTO transfer (amount) SELECT 7 FROM seq_1_to_3");
    awaitValue(reader(source, READER), "SELECT count(*) FROM transfer WHERE amount = 7", "3");
    var sums = "SELECT concat(sum(id * balance), ' ', count(*)) FROM account";
    assertThat(reader(source, READER).value(sums)).isEqualTo(source.value(sums));
  }

  @Test
  void aReaderThatFollowsIsLeftAlone_andOneThatDoesNotIsMadeAnew() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var pid = pid(READER);

    follow(source, READER, Map.of());
    assertThat(pid(READER)).isEqualTo(pid);

    kill(SOURCE);
    host.start(SOURCE, source.listen());
    source.execute("CREATE TABLE after_the_crash (id int)");
    awaitValue(reader, TABLES.formatted("after_the_crash"), "1");
    assertThat(pid(READER)).isEqualTo(pid);

    kill(READER);
    follow(source, READER, Map.of());
    assertThat(reader.value(TABLES.formatted("after_the_crash"))).isEqualTo("1");
    assertThat(pid(READER)).isNotEqualTo(pid);

    host.unfollow(SOURCE, READER);
    host.unfollow(SOURCE, READER);
    assertThat(host.stored()).containsExactly(SOURCE);
    assertThat(source.value(REPLICAS)).isEqualTo("0");
  }

  @Test
  void aReaderThatCannotDoWhatItsSourceDidSaysSo_andIsMadeAnew() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    assertThat(host.endOfFollowing(READER)).isEmpty();
    kill(SOURCE);
    awaitValue(reader, "SELECT 1", "1");
    assertThat(host.endOfFollowing(READER)).as("it tries to reach it").isEmpty();
    host.start(SOURCE, source.listen());

    source.execute("CREATE TABLE news (id int)");
    awaitValue(reader, TABLES.formatted("news"), "1");
    EngineStatements.run(server(READER), "SET sql_log_bin = 0", "DROP TABLE shop.news");
    source.execute("INSERT INTO news VALUES (1)");
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (host.endOfFollowing(READER).isEmpty()) {
      assertThat(System.nanoTime()).as("waiting for the end").isLessThan(deadline);
    }
    assertThat(host.endOfFollowing(READER).get()).contains("shop.news");

    follow(source, READER, Map.of());
    assertThat(host.endOfFollowing(READER)).isEmpty();
    awaitValue(reader, "SELECT count(*) FROM news WHERE id = 1", "1");
  }

  @Test
  void theSecretOfAReaderIsInItsDataDirectoryOnly() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());

    var itself = data().getParent().resolveSibling(READER.value()).resolve("mariadb");
    var secret = Files.readAllLines(itself.resolve("master.info")).get(5);
    assertThat(secret).matches("[0-9a-f]{64}");
    assertThat(Files.getPosixFilePermissions(itself)).hasSize(3);
    var files = ServerDirectories.at(dataDirectory.toRealPath());
    for (var folder : List.of(files.run(), files.log())) {
      try (var all = Files.walk(folder)) {
        for (var file : all.filter(Files::isRegularFile).toList()) {
          assertThat(file).content().doesNotContain(secret);
        }
      }
    }
  }

  @Test
  void whatUsersChooseForTheirSessionsDoesNotDisturbReaders() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    var chosen =
        Map.of(
            "sql_mode",
            "ORACLE,ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
            "group_concat_max_len",
            "4",
            "max_statement_time",
            "0.001");
    host.start(SOURCE, listen, chosen);
    var source = new MySql(listen, "root", PASSWORD);
    follow(source, READER, chosen);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    host.start(CLONE, freeAddress(), chosen);
    assertThat(host.running(CLONE)).isTrue();
  }

  @Test
  void twoReadersFollowAndOneGoes() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(SOURCE, second, listen, Map.of());
    assertThat(source.value(REPLICAS)).isEqualTo("2");
    assertThat(source.value(KEPT)).isEqualTo("300");

    host.unfollow(SOURCE, READER);

    source.execute("CREATE TABLE news (id int)");
    awaitValue(new MySql(listen, "root", PASSWORD), TABLES.formatted("news"), "1");
    assertThat(source.value(KEPT)).isEqualTo("300");
    host.unfollow(SOURCE, second);
    assertThat(source.value(KEPT)).isEqualTo("1");
  }

  @Test
  void aCloneIsFollowedByNobody_andHasANumberOfItsOwn() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    var clone = started(CLONE);

    assertThat(clone.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(REPLICAS)).isEqualTo("1");
    assertThat(List.of(source, reader, clone))
        .extracting(each -> each.value("SELECT @@server_id"))
        .doesNotHaveDuplicates();
    clone.execute("CREATE TABLE only_clone (id int)");
    source.execute("CREATE TABLE only_source (id int)");
    awaitValue(reader, TABLES.formatted("only_source"), "1");
    assertThat(reader.value(TABLES.formatted("only_clone"))).isEqualTo("0");
  }

  @Test
  void aReaderThatIsGoneKeepsNothingAtItsSource() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    follow(source, READER, Map.of());
    host.stop(SOURCE);
    host.unfollow(SOURCE, READER);

    host.start(SOURCE, source.listen());
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(KEPT)).isEqualTo("1");
  }

  /// As an engine left them whose accounts of readers could do more.
  @Test
  void aFenceOfAnOlderEngineIsRaisedWhileReadersFollow() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(SOURCE, second, listen, Map.of());
    for (var user : source.value(USERS_OF_REPLICAS).split(" ")) {
      asEngine("GRANT CONNECTION ADMIN ON *.* TO `%s`@`127.0.0.1`".formatted(user));
    }
    var may = REPLICAS + " AND json_value(Priv, '$.access') & %d <> 0".formatted(CONNECTION_ADMIN);
    assertThat(source.value(may)).isEqualTo("2");
    Files.writeString(data().resolveSibling("fence"), "1");

    host.start(SOURCE, source.listen());

    assertThat(source.value(may)).isEqualTo("0");
    assertThat(data().resolveSibling("fence")).hasContent("2");
    source.execute("CREATE TABLE news (id int)");
    for (var each : List.of(reader, new MySql(listen, "root", PASSWORD))) {
      awaitValue(each, TABLES.formatted("news"), "1");
    }
  }

  private void asEngine(String sql) throws IOException {
    var server = ServerDirectories.at(dataDirectory.toRealPath()).mariaDb("source", Path.of("/"));
    Program.run(
        "mariadb",
        "--no-defaults",
        "--socket=" + server.files().socketFolder().resolve("s"),
        "--user=" + System.getProperty("user.name"),
        "--execute=SET sql_log_bin = 0; " + sql);
  }

  @Test
  void aPromotedReaderWrites_andItsSourceForgetsIt() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    awaitValue(reader, "SELECT count(*) FROM item", "1");

    host.start(READER, reader.listen());

    source.execute("INSERT INTO item VALUES (2)");
    reader.execute("INSERT INTO item VALUES (3)");
    assertThat(reader.value("SELECT sum(id) FROM item")).isEqualTo("4");
    assertThat(reader.value("SELECT @@read_only")).isEqualTo("0");
    assertThat(reader.value("SELECT @@innodb_flush_log_at_trx_commit")).isEqualTo("1");
    assertThat(reader.value("SELECT @@gtid_slave_pos")).isEmpty();
    assertThat(replicationOf(reader)).isFalse();
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value(KEPT)).isEqualTo("1");
    var pid = pid(READER);
    host.start(READER, reader.listen());
    assertThat(pid(READER)).isEqualTo(pid);
  }

  @Test
  void aPromotedReaderHasAllThatItHadReceived() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    EngineStatements.run(server(READER), "STOP SLAVE SQL_THREAD");
    source.execute("INSERT INTO item SELECT seq FROM seq_1_to_200000");
    awaitReceived(source, READER);
    EngineStatements.run(server(READER), "START SLAVE SQL_THREAD");

    host.start(READER, reader.listen());

    assertThat(reader.value("SELECT count(*) FROM item")).isEqualTo("200000");
    assertThat(source.value(REPLICAS)).isEqualTo("0");
  }

  @Test
  void aReaderThatCannotDoWhatItHasReceivedIsPromotedWithoutThat() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    EngineStatements.run(server(READER), "STOP SLAVE SQL_THREAD");
    source.execute("INSERT INTO item VALUES (1)");
    awaitReceived(source, READER);

    host.start(READER, reader.listen());

    reader.execute("INSERT INTO item VALUES (2)");
    assertThat(reader.value("SELECT group_concat(id) FROM item")).isEqualTo("2");
  }

  private void awaitReceived(MySql source, StorageId reader) throws Exception {
    var written = source.value("SELECT @@gtid_binlog_pos");
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!EngineStatements.received(server(reader)).equals(written)) {
      assertThat(System.nanoTime()).as("waiting for " + written).isLessThan(deadline);
    }
  }

  @Test
  void aPromotedReaderServes_howeverLittleItsSourceAnswers() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    var socket = server(SOURCE).files().socketFolder().resolve("s");
    var away = socket.resolveSibling("away");
    Files.move(socket, away);

    host.start(READER, reader.listen());
    reader.execute("CREATE TABLE item (id int PRIMARY KEY)");
    assertThat(source.value(REPLICAS)).isEqualTo("1");

    Files.move(away, socket);
    host.start(READER, reader.listen());
    assertThat(source.value(REPLICAS)).as("the next start does it").isEqualTo("0");
  }

  @Test
  void whatWasAReaderCanBeFollowedItself() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)", "INSERT INTO item VALUES (1)");
    awaitValue(reader, "SELECT count(*) FROM item", "1");
    host.start(READER, reader.listen());

    var second = new StorageId("reader-2");
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.3"), source.listen().port());
    host.follow(READER, second, listen, Map.of());
    reader.execute("INSERT INTO item VALUES (3)");

    awaitValue(new MySql(listen, "root", PASSWORD), "SELECT sum(id) FROM item", "4");
  }

  @Test
  void aReaderThatDiedIsPromotedToo_alsoWithoutItsSource() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    source.execute("CREATE TABLE item (id int PRIMARY KEY)");
    awaitValue(reader, TABLES.formatted("item"), "1");
    kill(READER);
    kill(SOURCE);

    host.start(READER, reader.listen(), Map.of("log_bin", "0"));
    reader.execute("INSERT INTO item VALUES (3)");
    host.start(SOURCE, source.listen());

    assertThat(replicationOf(reader)).isFalse();
    assertThat(source.value(REPLICAS)).isEqualTo("0");
    assertThat(source.value("SELECT count(*) FROM item")).isEqualTo("0");
  }

  @Test
  void aCopyOfAReaderFollowsNobody() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var reader = follow(source, READER, Map.of());
    host.copy(READER, CLONE, CloneKind.COPY_ON_WRITE);

    var clone = started(CLONE);

    source.execute("CREATE TABLE news (id int)");
    awaitValue(reader, TABLES.formatted("news"), "1");
    assertThat(replicationOf(clone)).isFalse();
    assertThat(clone.value(TABLES.formatted("news"))).isEqualTo("0");
    assertThat(source.value(REPLICAS)).isEqualTo("1");
    clone.execute("CREATE TABLE only_clone (id int)");
  }

  /// Whether the server knows of one that it follows.
  private static boolean replicationOf(MySql server) throws SQLException {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW REPLICA STATUS")) {
      return rows.next();
    }
  }

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

  private long logged() throws IOException {
    try (var files = Files.newDirectoryStream(data(), "binlog.*")) {
      var bytes = 0L;
      for (var file : files) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  private Path data() {
    var pool = dataDirectory.resolve("pool");
    return (Files.exists(pool) ? pool : dataDirectory).resolve("volumes/source/mariadb");
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

  private void loseLogAsIfTheMachineHadGoneDown() throws IOException {
    Files.writeString(data().resolveSibling("boot"), "an earlier one");
    try (var log = FileChannel.open(data().resolve("binlog.000001"), StandardOpenOption.WRITE)) {
      log.truncate(100);
    }
  }

  @Test
  void aFunctionNeedsNoMoreThanOnAurora() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    source.execute("CREATE FUNCTION twice(n int) RETURNS int RETURN 2 * n");
    assertThat(source.value("SELECT twice(4)")).isEqualTo("8");
  }

  /// At its source's port, at another address.
  private MySql follow(MySql source, StorageId id, Map<String, String> parameters)
      throws HostException {
    var reader = reader(source, id);
    host.follow(SOURCE, id, reader.listen(), parameters);
    return reader;
  }

  private static MySql reader(MySql source, StorageId id) {
    var listen = new Listen(InetAddress.ofLiteral("127.0.0.2"), source.listen().port());
    return new MySql(listen, "root", PASSWORD);
  }

  private static void awaitValue(MySql sql, String query, String value) throws Exception {
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!sql.value(query).equals(value)) {
      assertThat(System.nanoTime()).as("waiting for " + value).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private String pid(StorageId id) throws IOException {
    return Files.readString(server(id).files().socketFolder().resolve("pid")).strip();
  }

  private MariaDbProcess server(StorageId id) throws IOException {
    return ServerDirectories.at(dataDirectory.toRealPath()).mariaDb(id.value(), Path.of("/"));
  }

  private void kill(StorageId id) throws Exception {
    var server = ProcessHandle.of(Long.parseLong(pid(id))).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);
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
}
