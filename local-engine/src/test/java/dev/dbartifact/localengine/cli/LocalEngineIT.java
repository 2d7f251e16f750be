package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// The engine as users have it: a process of its own, with real servers on real storage.
class LocalEngineIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PASSWORD = "correct-horse";

  @TempDir static Path temporary;

  private static EngineDirectory directory;
  private static LaunchedEngine engine;
  private static RdsClient rds;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory = new EngineDirectory(temporary.resolve("data"));
    launch();
  }

  @AfterEach
  void removeClusters() {
    rds.describeDBClusters().dbClusters().forEach(each -> delete(each.dbClusterIdentifier()));
  }

  @AfterAll
  static void remove() throws Exception {
    rds.close();
    var out = new ByteArrayOutputStream();
    assertThat(command(out, "reset", "--yes")).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(engine.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.root()).doesNotExist();
  }

  private static int command(ByteArrayOutputStream out, String command, String... words) {
    return LaunchedEngine.command(directory, out, command, words);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private static void launch() throws Exception {
    engine = LaunchedEngine.start(directory, temporary.resolve("engine.log"));
    rds = engine.client(RdsClient.builder());
  }

  private static void kill() throws Exception {
    engine.process().destroyForcibly().waitFor();
    rds.close();
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

    kill();
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

    kill();
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

  @Test
  void stopEndsWhatAKilledEngineLeft() throws Exception {
    var prod = source();
    var pool = directory.root().resolve("pool").toString();
    kill();
    assertThat(Leftovers.servers(directory.root())).isEqualTo(1);
    assertThat(command(said, "status")).isEqualTo(1);
    assertThat(said()).contains("It left 1 database server(s) running");

    assertThat(command(said, "stop")).isZero();

    assertThat(said()).contains("stopped 1 database server(s)");
    assertThat(Leftovers.servers(directory.root())).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(pool);
    assertThatThrownBy(() -> value(prod, PASSWORD, "select 1")).isInstanceOf(SQLException.class);
    said.reset();
    assertThat(command(said, "stop")).isZero();
    assertThat(said()).isEqualTo("The local engine is not running.\n");

    launch();
    await("prod", () -> isAvailable("prod"));
    assertThat(value(describe("prod"), PASSWORD, "select 1")).isEqualTo("1");
  }

  @Test
  void aServerThatStandsStillIsStoppedAllTheSame() throws Exception {
    var prod = source();
    execute(prod, "create table orders as select generate_series(1, 1000) as id");
    var pool = directory.root().resolve("pool");
    var volumes =
        Files.exists(pool) ? pool.resolve("volumes") : directory.root().resolve("volumes");
    var pidFile =
        volumes.resolve(
            prod.dbClusterResourceId().toLowerCase(Locale.ROOT) + "/pgdata/postmaster.pid");
    var postmaster = Files.readAllLines(pidFile).getFirst();
    assertThat(new ProcessBuilder("kill", "-STOP", postmaster).start().waitFor()).isZero();

    assertThat(command(said, "stop")).isZero();

    assertThat(said()).endsWith("The local engine has stopped.\n");
    assertThat(Files.readString(temporary.resolve("engine.log"))).contains("stood still");
    assertThat(Leftovers.servers(directory.root())).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(pool.toString());
    assertThat(directory.stopping()).doesNotExist();
    rds.close();
    launch();
    await("prod", () -> isAvailable("prod"));
    assertThat(value(describe("prod"), PASSWORD, "select count(*) from orders")).isEqualTo("1000");
  }

  @Test
  void aLostRecordLosesNoData() throws Exception {
    var prod = source();
    execute(prod, "create table orders as select generate_series(1, 1000) as id");
    var record =
        directory
            .memory()
            .resolve("clusters/" + prod.dbClusterResourceId().toLowerCase(Locale.ROOT) + ".json");
    var kept = temporary.resolve("kept.json");
    kill();
    Files.move(record, kept);
    Files.delete(AtomicFile.copy(record));

    launch();
    await("the volume to be set aside", () -> unclaimed().size() == 1);
    assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(command(said, "status")).isZero();
    assertThat(said()).contains("no cluster accounts for", unclaimed().getFirst().toString());
    assertThat(command(said, "reset", "--unclaimed", "--yes")).isEqualTo(1);
    assertThat(command(said, "stop")).isZero();
    rds.close();

    Files.move(kept, record);
    launch();
    assertThat(unclaimed()).isEmpty();
    // Its instance went with the record.
    createInstance("prod");
    await("prod", () -> isAvailable("prod"));
    assertThat(value(describe("prod"), PASSWORD, "select count(*) from orders")).isEqualTo("1000");
  }

  private static List<Path> unclaimed() {
    try {
      return Leftovers.unclaimed(directory.root());
    } catch (HostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void statusShowsTheTreeOfClones_andLogsWhatTheServerSaid() throws Exception {
    source();
    clone("dev");
    assertThat(command(said, "status")).isZero();
    assertThat(said())
        .containsPattern("(?m)^prod  available .* MiB own, .* shared(, .* of history since .*)?$");
    assertThat(said()).containsPattern("(?m)^└─ dev  available ");
    said.reset();
    assertThat(command(said, "status", "--output", "json")).isZero();
    assertThat(said()).contains("\"cloneOf\" : \"prod\"", "\"warnings\" : [");
    said.reset();
    assertThat(command(said, "logs", "dev")).isZero();
    assertThat(said()).contains("database system is ready to accept connections");
    assertThat(said()).doesNotContain(PASSWORD, "SCRAM-SHA-256$");
    assertThat(command(said, "logs", "nobody")).isEqualTo(1);
    assertThat(said()).contains("There is no cluster 'nobody'; there are dev, prod.");
  }

  @Test
  void filesAreTheirOwnersAlone_andNoneOfTheEnginesShowsAPassword() throws Exception {
    source();
    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("prod").masterUserPassword("battery-staple").applyImmediately(true));
    await("the password", () -> describe("prod").pendingModifiedValues() == null);

    // Servers run as another user, who reads their programs and settings.
    var others = List.of("postgres", "run", "pool", "volumes");
    try (var files = Files.walk(directory.root())) {
      var own =
          files
              .filter(Files::isRegularFile)
              .filter(file -> file.toFile().length() > 0)
              .filter(
                  file -> !others.contains(directory.root().relativize(file).getName(0).toString()))
              // What clients know servers by.
              .filter(file -> !file.equals(Authority.bundle(directory.root())))
              .toList();
      assertThat(own)
          .isNotEmpty()
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .as(file.toString())
                  .isEqualTo("rw-------"));
      for (var file : own) {
        if (!file.endsWith("pool.img")) {
          assertThat(Files.readString(file)).doesNotContain(PASSWORD, "battery-staple");
        }
      }
    }
    assertThat(Files.readString(temporary.resolve("engine.log")))
        .doesNotContain(PASSWORD, "battery-staple", "SCRAM-SHA-256$");
  }

  @Test
  void aDumpIsLoadedWhole_orNotAtAll() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    var prod = source();
    var good = Files.writeString(temporary.resolve("good.sql"), "create table t as select 7 as n;");
    var bad =
        Files.writeString(temporary.resolve("bad.sql"), "create table u (n int); select nonsense;");
    for (var as : List.of("master", "admin")) {
      assertThat(launcher("load", "--as", as, "prod", bad.toString())).isEqualTo(1);
      assertThat(said())
          .contains("column \"nonsense\" does not exist", "Nothing was changed")
          .doesNotContain("Exception");
      said.reset();
    }
    assertThat(value(prod, PASSWORD, "select to_regclass('u')")).isNull();

    assertThat(launcher("load", "prod", good.toString())).as(said()).isZero();
    assertThat(said()).contains("Loaded " + good + " into cluster 'prod'");
    said.reset();
    assertThat(launcher("psql", "prod", "-At", "-c", "select n, current_user from t")).isZero();
    assertThat(said()).isEqualTo("7|shop\n");
    said.reset();
    assertThat(launcher("psql", "prod", "-c", "select nonsense")).isEqualTo(1);

    var archive = Files.writeString(temporary.resolve("t.dump"), "PGDMP broken");
    assertThat(launcher("load", "prod", archive.toString())).isEqualTo(1);
    assertThat(said()).contains("pg_restore: error");
    assertThat(launcher("load", "prod", temporary.resolve("none").toString())).isEqualTo(1);
    assertThat(said()).contains("there is no such file");
  }

  /// In a process of its own: psql writes where that writes.
  private int launcher(String command, String... words) throws Exception {
    var line = LaunchedEngine.line(directory, List.of(), command, words);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", PASSWORD);
    var running = builder.start();
    running.getInputStream().transferTo(said);
    return running.waitFor();
  }

  private static DBCluster source() {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));
    createInstance("prod");
    await("prod", () -> isAvailable("prod"));
    return describe("prod");
  }

  private static DBCluster clone(String id) {
    restore(id);
    createInstance(id);
    await(id, () -> isAvailable(id));
    return describe(id);
  }

  private static void restore(String id) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  private static void createInstance(String cluster) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(cluster + "-1")
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql"));
  }

  private static boolean isAvailable(String id) {
    var instance =
        rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-1")).dbInstances().getFirst();
    assertThat(instance.dbInstanceStatus()).isIn("creating", "starting", "available");
    assertThat(describe(id).status()).isIn("creating", "available");
    return instance.dbInstanceStatus().equals("available")
        && describe(id).status().equals("available");
  }

  private static DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private static void delete(String id) {
    describe(id)
        .dbClusterMembers()
        .forEach(
            each -> rds.deleteDBInstance(r -> r.dbInstanceIdentifier(each.dbInstanceIdentifier())));
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

  private static void await(String what, Waiting.Condition<RuntimeException> condition) {
    Waiting.until(what, PATIENCE, condition);
  }
}
