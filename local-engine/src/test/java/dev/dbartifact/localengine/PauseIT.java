package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Event;

/// Real servers that pause. Five minutes are half a second.
class PauseIT {

  private static final double SPEED = 600;
  private static final int CLIENTS = 10;

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  @TempDir static Path temporary;

  private static PostgresHost host;
  private static LocalEngine engine;
  private static RdsClient rds;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    begin();
  }

  private static void begin() throws Exception {
    var directory = temporary.resolve("data");
    host = PostgresHost.open(directory, PostgresHost.Options.defaults());
    var options =
        new LocalEngine.Options(
            directory.resolve("state"),
            Reach.LOOPBACK,
            new Home("us-west-2", "000000000000"),
            TestEngine.KEY,
            Clock.systemUTC(),
            host.storageKind(),
            Pace.aurora(SPEED),
            Rules.NONE,
            LocalEngine.Options.MOST_ON_AWS);
    engine = LocalEngine.start(options, host);
    rds = TestEngine.client(engine, TestEngine.KEY);
  }

  @AfterAll
  static void stop() {
    rds.close();
    engine.close();
  }

  @Test
  void postgresComesBackForAllWhoConnectAtOnce_withTls() throws Exception {
    var shop = cluster("shop", "aurora-postgresql");
    execute(postgres(shop), "create table orders as select generate_series(1, 1000) as id");
    awaitPaused("shop");
    assertThat(processesOf(shop)).isEmpty();

    assertThat(allAtOnce(postgres(shop), "select count(*) from orders")).containsOnly("1000");
    assertThat(value(postgres(shop), "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
        .isEqualTo("t");
    assertThat(value(postgres(shop), "show port")).isEqualTo("5432");
  }

  @Test
  void mariaDbComesBackForAllWhoConnectAtOnce_withTls() throws Exception {
    Prerequisites.require(
        !host.installedVersions(ServerKind.MARIADB).isEmpty(), host.advice(ServerKind.MARIADB));
    var sales = cluster("sales", "aurora-mysql");
    execute(mariaDb(sales), "create database app", "create table app.orders (id int)");
    execute(mariaDb(sales), "insert into app.orders values (1), (2)");
    awaitPaused("sales");
    assertThat(processesOf(sales)).isEmpty();

    assertThat(allAtOnce(mariaDb(sales), "select count(*) from app.orders")).containsOnly("2");
    assertThat(value(mariaDb(sales), "select @@port")).isEqualTo("3306");
    assertThat(
            value(
                mariaDb(sales),
                "select variable_value from information_schema.session_status"
                    + " where variable_name = 'Ssl_version'"))
        .startsWith("TLS");
  }

  @Test
  void aWrongPasswordResumesIt_andIsRefused() throws Exception {
    var guess = cluster("guess", "aurora-postgresql");
    awaitPaused("guess");
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres(guess), "shop", "battery-staple").close())
        .hasMessageContaining("password authentication failed");
    assertThat(messages("guess")).contains("Successfully resumed the DB instance.");
  }

  @Test
  void anOpenSessionKeepsItAwake() throws Exception {
    var busy = cluster("busy", "aurora-postgresql");
    try (var connection = DriverManager.getConnection(postgres(busy), "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement()) {
      var idle = cluster("idle", "aurora-postgresql");
      awaitPaused("idle");
      assertThat(value(postgres(idle), "select 1")).isEqualTo("1");
      awaitPaused("idle");
      assertThat(statement.execute("select 1")).isTrue();
      assertThat(messages("busy")).noneMatch(each -> each.contains("paused"));
    }
    awaitPaused("busy");
  }

  @Test
  void aCloneOfOneThatIsPausedHasEverything_andLeavesItPaused() throws Exception {
    var source = cluster("source", "aurora-postgresql");
    execute(postgres(source), "create table orders as select generate_series(1, 1000) as id");
    awaitPaused("source");
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier("clone")
            .sourceDBClusterIdentifier("source")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
    instance("clone", "aurora-postgresql", "db.r6g.large");

    assertThat(value(postgres(describe("clone")), "select count(*) from orders")).isEqualTo("1000");
    assertThat(processesOf(source)).isEmpty();
  }

  @Test
  void aPausedCloneIsReset() throws Exception {
    var origin = cluster("origin", "aurora-postgresql");
    execute(postgres(origin), "create table orders as select generate_series(1, 1000) as id");
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier("reset")
            .sourceDBClusterIdentifier("origin")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    instance("reset", "aurora-postgresql", "db.serverless");
    var clone = describe("reset");
    execute(postgres(clone), "drop table orders");
    awaitPaused("reset");
    awaitPaused("origin");

    var reply =
        SignedCall.post(
            engine.endpoint().resolve(StatusService.RESET),
            "{\"clusters\": [\"reset\"]}",
            "us-west-2",
            StatusService.NAME,
            TestEngine.KEY,
            Waiting.PATIENCE);

    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(value(postgres(clone), "select count(*) from orders")).isEqualTo("1000");
    assertThat(processesOf(origin)).isEmpty();
    awaitPaused("reset");
  }

  @Test
  void aPausedClusterIsBroughtToAnotherMajorVersion() throws Exception {
    var from = newestOf("15");
    var to = newestOf("17");
    Prerequisites.require(
        from.isPresent() && to.isPresent() && host.majorUpgrades().possible(from.get(), to.get()),
        "There is no PostgreSQL 15 to upgrade from; Debian 12 has it.");
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("old")
            .engine("aurora-postgresql")
            .engineVersion(from.get())
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    instance("old", "aurora-postgresql", "db.serverless");
    var old = describe("old");
    execute(postgres(old), "create table orders as select generate_series(1, 1000) as id");
    awaitPaused("old");

    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("old")
            .engineVersion(to.get())
            .allowMajorVersionUpgrade(true)
            .applyImmediately(true));

    await(
        "the upgrade", () -> available("old") && describe("old").engineVersion().equals(to.get()));
    assertThat(value(postgres(old), "select count(*) from orders")).isEqualTo("1000");
    assertThat(value(postgres(old), "show server_version_num")).startsWith("17");
    awaitPaused("old");
  }

  private static Optional<String> newestOf(String major) {
    return host.installedVersions(ServerKind.POSTGRESQL).stream()
        .filter(each -> each.startsWith(major + "."))
        .findFirst();
  }

  @Test
  void whatEndedWithItsEngineIsThereForWhoComes() throws Exception {
    var kept = cluster("kept", "aurora-postgresql");
    execute(postgres(kept), "create table orders as select generate_series(1, 1000) as id");
    rds.close();
    engine.close();
    begin();

    assertThat(processesOf(kept)).isEmpty();
    assertThat(value(postgres(kept), "select count(*) from orders")).isEqualTo("1000");
    awaitPaused("kept");
  }

  @Test
  void capacityMovesTheServerToItsEndpoint_andBack() throws Exception {
    var moved = cluster("moved", "aurora-postgresql");
    assertThat(value(postgres(moved), "select inet_server_addr()")).isNotEqualTo(moved.endpoint());
    capacity("moved", 0.5);
    assertThat(value(postgres(moved), "select inet_server_addr()")).isEqualTo(moved.endpoint());
    capacity("moved", 0);
    assertThat(value(postgres(moved), "select inet_server_addr()")).isNotEqualTo(moved.endpoint());
    awaitPaused("moved");
  }

  private static void capacity(String id, double least) {
    var before = restarts(id);
    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier(id)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(least).maxCapacity(4.0)));
    await("the move of " + id, () -> restarts(id) > before && available(id));
  }

  private static long restarts(String id) {
    return messages(id).stream().filter("DB instance restarted"::equals).count();
  }

  /// What as many clients are told who come at one moment.
  private static List<String> allAtOnce(String url, String query) {
    var ready = new CountDownLatch(CLIENTS);
    var answers =
        IntStream.range(0, CLIENTS)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> {
                      ready.countDown();
                      awaitAll(ready);
                      return value(url, query);
                    },
                    Thread::startVirtualThread))
            .toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static void awaitAll(CountDownLatch ready) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> processesOf(DBCluster cluster) throws IOException {
    var volume = new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
    assertThat(host.running(volume)).isFalse();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      return java.util.stream.StreamSupport.stream(processes.spliterator(), false)
          .filter(each -> commandLine(each).contains(volume.value()))
          .map(each -> Long.parseLong(each.getFileName().toString()))
          .toList();
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }

  private static DBCluster cluster(String id, String engine) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine(engine)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    instance(id, engine, "db.serverless");
    return describe(id);
  }

  private static void instance(String id, String engine, String size) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id + "-1")
            .dbClusterIdentifier(id)
            .dbInstanceClass(size)
            .engine(engine));
    await(id, () -> available(id));
  }

  private static boolean available(String id) {
    return describe(id).status().equals("available")
        && rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-1"))
            .dbInstances()
            .getFirst()
            .dbInstanceStatus()
            .equals("available");
  }

  private static DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private static void awaitPaused(String id) {
    await(
        "the pause of " + id,
        () -> messages(id).getLast().equals("Successfully paused the DB instance."));
  }

  private static List<String> messages(String id) {
    return rds
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(id + "-1"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  private static String postgres(DBCluster cluster) {
    return ("jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
            + "&sslmode=verify-full&sslrootcert=%s")
        .formatted(cluster.endpoint(), cluster.port(), authority());
  }

  private static String mariaDb(DBCluster cluster) {
    return ("jdbc:mariadb://%s:%d/?connectTimeout=10000&socketTimeout=60000"
            + "&sslMode=verify-full&serverSslCert=%s")
        .formatted(cluster.endpoint(), cluster.port(), authority());
  }

  private static Path authority() {
    return temporary.resolve("data/tls/authority.pem");
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url, "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String value(String url, String query) {
    try (var connection = DriverManager.getConnection(url, "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    Waiting.until(what, condition::getAsBoolean);
  }
}
