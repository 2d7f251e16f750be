package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.RealEngine.Kind;
import dev.dbartifact.localengine.server.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/// Real servers that are killed.
class RevivalIT {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  @TempDir static Path temporary;

  private static RealEngine engine;

  @BeforeAll
  static void start() throws Exception {
    engine = RealEngine.start(temporary);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void postgresComesBackWithEverythingThatWasCommitted() throws Exception {
    var shop = engine.cluster(Kind.POSTGRES, "shop");
    postgres(shop).execute("create table orders as select generate_series(1, 1000) as id");

    kill(volume(shop).resolve("pgdata/postmaster.pid"));
    awaitRestart("shop-1");

    assertThat(postgres(shop).value("select count(*) from orders")).isEqualTo("1000");
    assertThat(writer("shop")).isEqualTo("shop-1");
  }

  @Test
  void aReaderTakesOverWithEverythingThatWasCommitted() throws Exception {
    var pair = engine.cluster(Kind.POSTGRES, "pair");
    engine.instance(Kind.POSTGRES, "pair-2", "pair");
    postgres(pair).execute("create table orders as select generate_series(1, 1000) as id");

    kill(volume(pair).resolve("pgdata/postmaster.pid"));
    awaitRestart("pair-1");

    assertThat(writer("pair")).isEqualTo("pair-2");
    postgres(pair).execute("insert into orders values (1001)");
    assertThat(postgres(pair).value("select count(*) from orders")).isEqualTo("1001");
    RealEngine.await(
        "the former writer to follow",
        () -> postgresReader(pair).value("select count(*) from orders").equals("1001"));

    kill(volumes().resolve(resourceId("pair-1")).resolve("pgdata/postmaster.pid"));
    awaitRestarts("pair-1", 2);
    assertThat(postgresReader(pair).value("select pg_is_in_recovery()")).isEqualTo("t");
    assertThat(writer("pair")).isEqualTo("pair-2");
  }

  @Test
  void mariaDbComesBackWithEverythingThatWasCommitted() throws Exception {
    engine.requireMariaDb();
    var sales = engine.cluster(Kind.MYSQL, "sales");
    mariaDb(sales).execute("create table orders (id int)");
    mariaDb(sales).execute("insert into orders values (1), (2)");

    kill(pidFile(temporary.resolve("data/run")));
    awaitRestart("sales-1");

    assertThat(mariaDb(sales).value("select count(*) from orders")).isEqualTo("2");
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

  private static String writer(String cluster) {
    return engine.describe(cluster).dbClusterMembers().stream()
        .filter(DBClusterMember::isClusterWriter)
        .findFirst()
        .orElseThrow()
        .dbInstanceIdentifier();
  }

  private static String resourceId(String id) {
    return engine.describeInstance(id).dbiResourceId().toLowerCase(Locale.ROOT);
  }

  private static void awaitRestart(String id) {
    awaitRestarts(id, 1);
  }

  private static void awaitRestarts(String id, int times) {
    RealEngine.await("restart %d of %s".formatted(times, id), () -> restarts(id) == times);
    engine.awaitAvailable(id);
  }

  private static long restarts(String id) {
    return engine
        .rds()
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(id))
        .events()
        .stream()
        .filter(event -> event.message().equals("DB instance restarted"))
        .count();
  }

  private static Sql postgres(DBCluster cluster) {
    return Kind.POSTGRES.login(cluster, TestEngine.PASSWORD);
  }

  private static Sql postgresReader(DBCluster cluster) {
    return Kind.POSTGRES.reader(cluster, TestEngine.PASSWORD);
  }

  private static Sql mariaDb(DBCluster cluster) {
    return Kind.MYSQL.login(cluster, TestEngine.PASSWORD);
  }
}
