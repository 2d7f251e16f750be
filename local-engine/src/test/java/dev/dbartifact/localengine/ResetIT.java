package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Tag;

/// Clones with real servers that are brought back to their source where they are.
class ResetIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWN = "battery-staple";
  private static final String COUNT = "select count(*) from orders";

  @TempDir static Path temporary;

  private static LocalEngine engine;
  private static PostgresHost host;
  private static RdsClient rds;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var directory = temporary.resolve("data");
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

  /// A kind of server, as those who use it see it.
  private enum Kind {
    POSTGRES("aurora-postgresql", "jdbc:postgresql://%s:%d/postgres?connectTimeout=10"),
    MYSQL("aurora-mysql", "jdbc:mariadb://%s:%d/app?connectTimeout=10000");

    private final String engine;
    private final String url;

    Kind(String engine, String url) {
      this.engine = engine;
      this.url = url;
    }

    Connection connect(DBCluster cluster, String password) throws SQLException {
      return connect(cluster.endpoint(), cluster.port(), password);
    }

    Connection connect(String address, int port, String password) throws SQLException {
      return DriverManager.getConnection(url.formatted(address, port), "shop", password);
    }

    void execute(DBCluster cluster, String password, String... statements) throws SQLException {
      try (var connection = connect(cluster, password);
          var statement = connection.createStatement()) {
        for (var sql : statements) {
          statement.execute(sql);
        }
      }
    }

    String value(String address, int port, String password, String query) {
      try (var connection = connect(address, port, password);
          var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getString(1);
      } catch (SQLException e) {
        throw new AssertionError(query, e);
      }
    }

    String value(DBCluster cluster, String password) {
      return value(cluster.endpoint(), cluster.port(), password, COUNT);
    }
  }

  @Test
  void aCloneWithAReaderGoesBackAndKeepsItsPasswordItsAddressesAndItsTags() throws Exception {
    resets(Kind.POSTGRES, "prod", "dev");
  }

  @Test
  void soDoesOneOnMariaDb() throws Exception {
    assumeThat(host.installedVersions(ServerKind.MARIADB)).isNotEmpty();
    resets(Kind.MYSQL, "sales", "sales-dev");
  }

  private static void resets(Kind kind, String source, String id) throws Exception {
    var prod = source(kind, source);
    var before = clone(kind, id, source);
    var address = rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-2"));
    rds.addTagsToResource(r ->
        r.resourceName(before.dbClusterArn())
            .tags(Tag.builder().key("owner").value("ada").build()));
    kind.execute(before, OWN, "drop table orders", "create table mine (id int)");
    kind.execute(prod, TestEngine.PASSWORD, "insert into orders values (4)");

    try (var session = kind.connect(before, OWN)) {
      reset(id);
      assertThat(session.isValid(5)).as("a session from before").isFalse();
    }

    var after = describe(id);
    assertThat(after.copy(ResetIT::withoutWhatGoesOn))
        .isEqualTo(before.copy(ResetIT::withoutWhatGoesOn));
    assertThat(after.tagList()).extracting(Tag::value).containsExactly("ada");
    assertThat(kind.value(after, OWN)).isEqualTo("4");
    assertThatThrownBy(() -> kind.connect(after, TestEngine.PASSWORD))
        .isInstanceOf(SQLException.class);
    assertThat(rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-2")).dbInstances())
        .isEqualTo(address.dbInstances());
    await("the reader", () -> reader(kind, after).equals("4"));
    kind.execute(after, OWN, "delete from orders");
    await("the reader to follow", () -> reader(kind, after).equals("0"));
    assertThat(kind.value(prod, TestEngine.PASSWORD)).as("of the source").isEqualTo("4");

    reset(id);
    assertThat(kind.value(after, OWN)).as("reset once more").isEqualTo("4");
  }

  private static String reader(Kind kind, DBCluster cluster) {
    return kind.value(cluster.readerEndpoint(), cluster.port(), OWN, COUNT);
  }

  private static void withoutWhatGoesOn(DBCluster.Builder cluster) {
    cluster.earliestRestorableTime(null).latestRestorableTime(null).tagList(java.util.List.of());
  }

  @Test
  void aCloneThatHasClonesIsReset_andTheyStayWhole() throws Exception {
    var kind = Kind.POSTGRES;
    source(kind, "root");
    var middle = clone(kind, "middle", "root");
    kind.execute(middle, OWN, "insert into orders values (10), (11)");
    var leaf = clone(kind, "leaf", "middle");
    kind.execute(middle, OWN, "insert into orders values (12)");

    reset("middle");

    assertThat(kind.value(middle, OWN)).isEqualTo("3");
    assertThat(kind.value(leaf, OWN)).isEqualTo("5");
    reset("leaf");
    assertThat(kind.value(leaf, OWN)).isEqualTo("3");
  }

  @Test
  void aCloneWithoutAnInstanceIsReset() throws Exception {
    var kind = Kind.POSTGRES;
    source(kind, "origin");
    var bare = clone(kind, "bare", "origin");
    kind.execute(bare, OWN, "drop table orders");
    for (var member : bare.dbClusterMembers()) {
      rds.deleteDBInstance(r -> r.dbInstanceIdentifier(member.dbInstanceIdentifier()));
    }
    await("no instance", () -> describe("bare").dbClusterMembers().isEmpty());

    reset("bare");

    instance(kind, "bare-1", "bare");
    assertThat(kind.value(bare, OWN)).isEqualTo("3");
  }

  @Test
  void aPlainInstanceGoesBackToItsSnapshot() throws Exception {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier("own")
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    await("own", () -> status("own").equals("available"));
    execute(
        "own", TestEngine.PASSWORD, "create table orders as select generate_series(1, 3) as id");
    rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("nightly"));
    await(
        "nightly",
        () ->
            rds.describeDBSnapshots(r -> r.dbSnapshotIdentifier("nightly")).dbSnapshots().stream()
                .allMatch(each -> each.status().equals("available")));
    rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("nightly"));
    await("copy", () -> status("copy").equals("available"));
    execute("own", TestEngine.PASSWORD, "delete from orders");
    execute("copy", TestEngine.PASSWORD, "drop table orders");

    reset("copy");

    var at = rds.describeDBInstances(r -> r.dbInstanceIdentifier("copy")).dbInstances().getFirst();
    assertThat(at.dbInstanceStatus()).isEqualTo("available");
    assertThat(
            Kind.POSTGRES.value(
                at.endpoint().address(), at.endpoint().port(), TestEngine.PASSWORD, COUNT))
        .isEqualTo("3");
  }

  private static void execute(String instance, String password, String sql) throws SQLException {
    var at =
        rds.describeDBInstances(r -> r.dbInstanceIdentifier(instance))
            .dbInstances()
            .getFirst()
            .endpoint();
    try (var connection = Kind.POSTGRES.connect(at.address(), at.port(), password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void reset(String id) throws Exception {
    var reply =
        SignedCall.post(
            engine.endpoint().resolve(StatusService.RESET),
            "{\"clusters\": [\"" + id + "\"]}",
            "us-west-2",
            StatusService.NAME,
            TestEngine.KEY,
            PATIENCE);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  /// With three orders.
  private static DBCluster source(Kind kind, String id) throws SQLException {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine(kind.engine)
            .databaseName(kind == Kind.MYSQL ? "app" : null)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    instance(kind, id + "-1", id);
    kind.execute(
        describe(id),
        TestEngine.PASSWORD,
        "create table orders (id int primary key)",
        "insert into orders values (1), (2), (3)");
    return describe(id);
  }

  /// With a reader and a password of its own.
  private static DBCluster clone(Kind kind, String id, String source) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier(source)
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
    instance(kind, id + "-1", id);
    instance(kind, id + "-2", id);
    rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).masterUserPassword(OWN).applyImmediately(true));
    await("the password", () -> isPassword(kind, describe(id)));
    await("rest", () -> describe(id).pendingModifiedValues() == null);
    return describe(id);
  }

  private static boolean isPassword(Kind kind, DBCluster cluster) {
    try (var connection = kind.connect(cluster, OWN)) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private static void instance(Kind kind, String id, String cluster) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine(kind.engine));
    await(id, () -> status(id).equals("available"));
  }

  private static DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private static String status(String id) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst()
        .dbInstanceStatus();
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
