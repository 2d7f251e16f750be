package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.Sql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// The engine as users have it: a process of its own, with real servers on real storage. Its only
/// source of clones is a cluster `prod`.
abstract class LaunchedEngineFixture {

  static final String PASSWORD = "correct-horse";

  @TempDir static Path temporary;

  static EngineDirectory directory;
  static LaunchedEngine engine;
  static RdsClient rds;

  /// What commands write.
  final ByteArrayOutputStream said = new ByteArrayOutputStream();

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

  static int command(ByteArrayOutputStream out, String command, String... words) {
    return LaunchedEngine.command(directory, out, command, words);
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  /// In a process of its own: a client writes where that writes.
  int launcher(String command, String... words) throws Exception {
    return fed("", command, words);
  }

  int fed(String input, String command, String... words) throws Exception {
    var line = LaunchedEngine.line(directory, List.of(), command, words);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("PGPASSWORD", PASSWORD);
    builder.environment().put("MYSQL_PWD", PASSWORD);
    var running = builder.start();
    try (var to = running.outputWriter()) {
      to.write(input);
    }
    running.getInputStream().transferTo(said);
    return running.waitFor();
  }

  static void launch() throws Exception {
    engine = LaunchedEngine.start(directory, temporary.resolve("engine.log"));
    rds = engine.client(RdsClient.builder());
  }

  static void kill() throws Exception {
    engine.process().destroyForcibly().waitFor();
    rds.close();
  }

  static DBCluster source() {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));
    createInstance("prod");
    await("prod", () -> isAvailable("prod"));
    return describe("prod");
  }

  static DBCluster clone(String id) {
    restore(id);
    createInstance(id);
    await(id, () -> isAvailable(id));
    return describe(id);
  }

  static void restore(String id) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  static void createInstance(String cluster) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(cluster + "-1")
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql"));
  }

  static boolean isAvailable(String id) {
    var instance =
        rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-1")).dbInstances().getFirst();
    assertThat(instance.dbInstanceStatus()).isIn("creating", "starting", "available");
    assertThat(describe(id).status()).isIn("creating", "available");
    return instance.dbInstanceStatus().equals("available")
        && describe(id).status().equals("available");
  }

  static DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  static void delete(String id) {
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

  static Sql sql(DBCluster cluster) {
    return sql(cluster, PASSWORD);
  }

  static Sql sql(DBCluster cluster, String password) {
    return Sql.at(
        ServerKind.POSTGRESQL, cluster.endpoint(), cluster.port(), "shop", password, "postgres");
  }

  static void await(String what, Waiting.Condition<RuntimeException> condition) {
    Waiting.until(what, condition);
  }
}
