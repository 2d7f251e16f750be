package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// The engine as users have it: a process of its own, with real servers on real storage.
class LocalEngineIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PASSWORD = "correct-horse";

  @TempDir Path temporary;

  private EngineDirectory directory;
  private Process process;
  private RdsClient rds;

  @BeforeEach
  void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory = new EngineDirectory(temporary.resolve("data"));
    launch();
  }

  @AfterEach
  void remove() throws Exception {
    rds.close();
    var out = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            InputStream.nullInputStream(), new PrintStream(out), new PrintStream(out), Map.of());
    var code = new Main(terminal).run("reset", "--yes", "--data-dir", directory.toString());
    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.root()).doesNotExist();
  }

  private void launch() throws Exception {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName(),
                    "start",
                    "--port",
                    "0",
                    "--data-dir",
                    directory.toString()))
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(new File(temporary.toFile(), "engine.log")))
            .start();
    await("the engine", () -> !process.isAlive() || RunningEngine.find(directory).isPresent());
    var running = RunningEngine.find(directory);
    assertThat(running).as(Files.readString(temporary.resolve("engine.log"))).isPresent();
    var key = AwsBasicCredentials.create(running.get().key().id(), running.get().key().secret());
    rds =
        RdsClient.builder()
            .endpointOverride(running.get().endpoint())
            .region(Region.of(running.get().region()))
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  @Test
  void aCloneHoldsTheSourcesRowsAndItsWritesAreItsOwn() throws Exception {
    var prod = source();
    execute(prod, "create table orders as select generate_series(1, 1000) as id");

    var dev = clone("dev");
    assertThat(value(dev, PASSWORD, "select count(*) from orders")).isEqualTo("1000");
    execute(dev, "delete from orders where id > 10");

    assertThat(value(dev, PASSWORD, "select count(*) from orders")).isEqualTo("10");
    assertThat(value(prod, PASSWORD, "select count(*) from orders")).isEqualTo("1000");
    assertThat(prod.endpoint()).isNotEqualTo(dev.endpoint());

    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev").masterUserPassword("battery-staple").applyImmediately(true));
    await("the password", () -> describe("dev").pendingModifiedValues() == null);
    assertThat(value(dev, "battery-staple", "select 1")).isEqualTo("1");
    assertThatThrownBy(() -> value(dev, PASSWORD, "select 1")).isInstanceOf(SQLException.class);
    assertThat(value(prod, PASSWORD, "select 1")).isEqualTo("1");

    delete("prod");
    assertThat(value(dev, "battery-staple", "select count(*) from orders")).isEqualTo("10");
  }

  @Test
  void everythingIsThereAgainAfterTheEngineWasKilled() throws Exception {
    var prod = source();
    execute(prod, "create table orders as select generate_series(1, 1000) as id");
    clone("dev");

    process.destroyForcibly().waitFor();
    rds.close();
    launch();

    for (var id : List.of("prod", "dev")) {
      await(id, () -> isAvailable(id));
      var cluster = describe(id);
      assertThat(value(cluster, PASSWORD, "select count(*) from orders")).isEqualTo("1000");
    }
    assertThat(describe("prod").endpoint()).isEqualTo(prod.endpoint());
    assertThat(directory.memory()).isDirectory();
  }

  @Test
  void aRestoreThatWasCutShortIsFinishedOrUndone() throws Exception {
    var prod = source();
    execute(prod, "create table orders as select generate_series(1, 1000) as id");
    restore("dev");
    createInstance("dev");
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("fresh")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));

    process.destroyForcibly().waitFor();
    rds.close();
    launch();

    await("dev", () -> isAvailable("dev"));
    assertThat(value(describe("dev"), PASSWORD, "select count(*) from orders")).isEqualTo("1000");
    await(
        "fresh",
        () ->
            rds.describeDBClusters().dbClusters().stream()
                .filter(each -> each.dbClusterIdentifier().equals("fresh"))
                .allMatch(each -> each.status().equals("available")));
  }

  private DBCluster source() {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));
    createInstance("prod");
    await("prod", () -> isAvailable("prod"));
    return describe("prod");
  }

  private DBCluster clone(String id) {
    restore(id);
    createInstance(id);
    await(id, () -> isAvailable(id));
    return describe(id);
  }

  private void restore(String id) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  private void createInstance(String cluster) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(cluster + "-1")
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql"));
  }

  private boolean isAvailable(String id) {
    var instance =
        rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-1")).dbInstances().getFirst();
    assertThat(instance.dbInstanceStatus()).isIn("creating", "starting", "available");
    assertThat(describe(id).status()).isIn("creating", "available");
    return instance.dbInstanceStatus().equals("available")
        && describe(id).status().equals("available");
  }

  private DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private void delete(String id) {
    rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id + "-1"));
    rds.deleteDBCluster(r -> r.dbClusterIdentifier(id).skipFinalSnapshot(true));
    await(
        "the end of " + id,
        () ->
            rds.describeDBClusters().dbClusters().stream()
                .noneMatch(each -> each.dbClusterIdentifier().equals(id)));
  }

  private static void execute(DBCluster cluster, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url(cluster), "shop", PASSWORD);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(DBCluster cluster, String password, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url(cluster), "shop", password);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static String url(DBCluster cluster) {
    return "jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
        .formatted(cluster.endpoint(), cluster.port());
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
