package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/// Real servers that are killed.
class RevivalIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  @TempDir static Path temporary;

  private static PostgresHost host;
  private static LocalEngine engine;
  private static RdsClient rds;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    start(temporary.resolve("data"));
  }

  private static void start(Path directory) throws Exception {
    host = PostgresHost.open(directory, PostgresHost.Options.defaults());
    var options = TestEngine.options(directory.resolve("state"), host.storageKind());
    engine = LocalEngine.start(options, host);
    rds = TestEngine.client(engine, TestEngine.KEY);
  }

  @AfterAll
  static void stop() {
    rds.close();
    engine.close();
  }

  @Test
  void postgresComesBackWithEverythingThatWasCommitted() throws Exception {
    var shop = cluster("shop", "aurora-postgresql");
    execute(postgres(shop), "create table orders as select generate_series(1, 1000) as id");

    kill(volume(shop).resolve("pgdata/postmaster.pid"));
    awaitRestart("shop-1");

    assertThat(value(postgres(shop), "select count(*) from orders")).isEqualTo("1000");
    assertThat(writer("shop")).isEqualTo("shop-1");
  }

  @Test
  void aReaderTakesOverWithEverythingThatWasCommitted() throws Exception {
    var pair = cluster("pair", "aurora-postgresql");
    instance("pair-2", "pair", "aurora-postgresql");
    execute(postgres(pair), "create table orders as select generate_series(1, 1000) as id");

    kill(volume(pair).resolve("pgdata/postmaster.pid"));
    awaitRestart("pair-1");

    assertThat(writer("pair")).isEqualTo("pair-2");
    execute(postgres(pair), "insert into orders values (1001)");
    assertThat(value(postgres(pair), "select count(*) from orders")).isEqualTo("1001");
    await(
        "the former writer to follow",
        () -> value(postgres(reader(pair)), "select count(*) from orders").equals("1001"));

    kill(volumes().resolve(resourceId("pair-1")).resolve("pgdata/postmaster.pid"));
    awaitRestarts("pair-1", 2);
    assertThat(value(postgres(reader(pair)), "select pg_is_in_recovery()")).isEqualTo("t");
    assertThat(writer("pair")).isEqualTo("pair-2");
  }

  @Test
  void mariaDbComesBackWithEverythingThatWasCommitted() throws Exception {
    assumeThat(host.installedVersions(ServerKind.MARIADB)).isNotEmpty();
    var sales = cluster("sales", "aurora-mysql");
    execute(mariaDb(sales), "create database app", "create table app.orders (id int)");
    execute(mariaDb(sales), "insert into app.orders values (1), (2)");

    kill(pidFile(temporary.resolve("data/run")));
    awaitRestart("sales-1");

    assertThat(value(mariaDb(sales), "select count(*) from app.orders")).isEqualTo("2");
  }

  private static Path pidFile(Path run) throws IOException {
    try (Stream<Path> files = Files.walk(run)) {
      return files.filter(file -> file.endsWith(Path.of("s", "pid"))).findFirst().orElseThrow();
    }
  }

  private static void kill(Path pidFile) throws IOException {
    var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private static Path volumes() {
    var pool = temporary.resolve("data/pool/volumes");
    return Files.exists(pool) ? pool : temporary.resolve("data/volumes");
  }

  private static Path volume(DBCluster cluster) {
    return volumes().resolve(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  private static DBCluster cluster(String id, String engine) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine(engine)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    instance(id + "-1", id, engine);
    return describe(id);
  }

  private static void instance(String id, String cluster, String engine) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine(engine));
    await(id, () -> status(id).equals("available"));
  }

  private static DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private static String writer(String cluster) {
    return describe(cluster).dbClusterMembers().stream()
        .filter(DBClusterMember::isClusterWriter)
        .findFirst()
        .orElseThrow()
        .dbInstanceIdentifier();
  }

  private static DBCluster reader(DBCluster cluster) {
    return cluster.copy(to -> to.endpoint(cluster.readerEndpoint()));
  }

  private static String status(String id) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst()
        .dbInstanceStatus();
  }

  private static String resourceId(String id) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst()
        .dbiResourceId()
        .toLowerCase(Locale.ROOT);
  }

  private static void awaitRestart(String id) {
    awaitRestarts(id, 1);
  }

  private static void awaitRestarts(String id, int times) {
    await(
        "restart %d of %s".formatted(times, id),
        () ->
            rds
                    .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(id))
                    .events()
                    .stream()
                    .filter(event -> event.message().equals("DB instance restarted"))
                    .count()
                == times);
    await(id, () -> status(id).equals("available"));
  }

  private static String postgres(DBCluster cluster) {
    return "jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
        .formatted(cluster.endpoint(), cluster.port());
  }

  private static String mariaDb(DBCluster cluster) {
    return "jdbc:mariadb://%s:%d/?connectTimeout=10000&socketTimeout=60000"
        .formatted(cluster.endpoint(), cluster.port());
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
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
