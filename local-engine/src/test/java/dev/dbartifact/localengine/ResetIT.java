package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.RealEngine.Kind;
import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Tag;

/// Clones with real servers that are brought back to their source where they are.
class ResetIT {

  private static final String OWN = "battery-staple";
  private static final String COUNT = "select count(*) from orders";

  @TempDir static Path temporary;

  private static RealEngine engine;
  private static RdsClient rds;

  @BeforeAll
  static void start() throws Exception {
    engine = RealEngine.start(temporary);
    rds = engine.rds();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void aCloneWithAReaderGoesBackAndKeepsItsPasswordItsAddressesAndItsTags() throws Exception {
    resets(Kind.POSTGRES, "prod", "dev");
  }

  @Test
  void soDoesOneOnMariaDb() throws Exception {
    engine.requireMariaDb();
    resets(Kind.MYSQL, "sales", "sales-dev");
  }

  private static void resets(Kind kind, String source, String id) throws Exception {
    var prod = source(kind, source);
    var before = clone(kind, id, source);
    var address = rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-2"));
    rds.addTagsToResource(r ->
        r.resourceName(before.dbClusterArn())
            .tags(Tag.builder().key("owner").value("ada").build()));
    kind.login(before, OWN).execute("drop table orders", "create table mine (id int)");
    kind.login(prod, TestEngine.PASSWORD).execute("insert into orders values (4)");

    try (var session = kind.login(before, OWN).connect()) {
      reset(id);
      assertThat(session.isValid(5)).as("a session from before").isFalse();
    }

    var after = describe(id);
    assertThat(after.copy(ResetIT::withoutWhatGoesOn))
        .isEqualTo(before.copy(ResetIT::withoutWhatGoesOn));
    assertThat(after.tagList()).extracting(Tag::value).containsExactly("ada");
    assertThat(kind.login(after, OWN).value(COUNT)).isEqualTo("4");
    assertThatThrownBy(() -> kind.login(after, TestEngine.PASSWORD).connect())
        .isInstanceOf(SQLException.class);
    assertThat(rds.describeDBInstances(r -> r.dbInstanceIdentifier(id + "-2")).dbInstances())
        .isEqualTo(address.dbInstances());
    var reader = kind.reader(after, OWN);
    RealEngine.await("the reader", () -> reader.value(COUNT).equals("4"));
    kind.login(after, OWN).execute("delete from orders");
    RealEngine.await("the reader to follow", () -> reader.value(COUNT).equals("0"));
    assertThat(kind.login(prod, TestEngine.PASSWORD).value(COUNT))
        .as("of the source")
        .isEqualTo("4");

    reset(id);
    assertThat(kind.login(after, OWN).value(COUNT)).as("reset once more").isEqualTo("4");
  }

  private static void withoutWhatGoesOn(DBCluster.Builder cluster) {
    cluster.earliestRestorableTime(null).latestRestorableTime(null).tagList(List.of());
  }

  @Test
  void aCloneThatHasClonesIsReset_andTheyStayWhole() throws Exception {
    var kind = Kind.POSTGRES;
    source(kind, "root");
    var middle = clone(kind, "middle", "root");
    kind.login(middle, OWN).execute("insert into orders values (10), (11)");
    var leaf = clone(kind, "leaf", "middle");
    kind.login(middle, OWN).execute("insert into orders values (12)");

    reset("middle");

    assertThat(kind.login(middle, OWN).value(COUNT)).isEqualTo("3");
    assertThat(kind.login(leaf, OWN).value(COUNT)).isEqualTo("5");
    reset("leaf");
    assertThat(kind.login(leaf, OWN).value(COUNT)).isEqualTo("3");
  }

  @Test
  void aCloneWithoutAnInstanceIsReset() throws Exception {
    var kind = Kind.POSTGRES;
    source(kind, "origin");
    var bare = clone(kind, "bare", "origin");
    kind.login(bare, OWN).execute("drop table orders");
    for (var member : bare.dbClusterMembers()) {
      rds.deleteDBInstance(r -> r.dbInstanceIdentifier(member.dbInstanceIdentifier()));
    }
    RealEngine.await("no instance", () -> describe("bare").dbClusterMembers().isEmpty());

    reset("bare");

    engine.instance(kind, "bare-1", "bare");
    assertThat(kind.login(bare, OWN).value(COUNT)).isEqualTo("3");
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
    engine.awaitAvailable("own");
    plain("own").execute("create table orders as select generate_series(1, 3) as id");
    rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("nightly"));
    RealEngine.await(
        "nightly",
        () ->
            rds.describeDBSnapshots(r -> r.dbSnapshotIdentifier("nightly")).dbSnapshots().stream()
                .allMatch(each -> each.status().equals("available")));
    rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("nightly"));
    engine.awaitAvailable("copy");
    plain("own").execute("delete from orders");
    plain("copy").execute("drop table orders");

    reset("copy");

    assertThat(engine.describeInstance("copy").dbInstanceStatus()).isEqualTo("available");
    assertThat(plain("copy").value(COUNT)).isEqualTo("3");
  }

  private static Sql plain(String instance) {
    var at = engine.describeInstance(instance).endpoint();
    return Kind.POSTGRES.login(at, TestEngine.PASSWORD);
  }

  private static void reset(String id) throws Exception {
    var reply =
        SignedCall.post(
            engine.engine().endpoint().resolve(StatusService.RESET),
            "{\"clusters\": [\"" + id + "\"]}",
            "us-west-2",
            StatusService.NAME,
            TestEngine.KEY,
            Duration.ofSeconds(60));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  /// With three orders.
  private static DBCluster source(Kind kind, String id) throws SQLException {
    var source = engine.cluster(kind, id);
    kind.login(source, TestEngine.PASSWORD)
        .execute(
            "create table orders (id int primary key)", "insert into orders values (1), (2), (3)");
    return source;
  }

  /// With a reader and a password of its own.
  private static DBCluster clone(Kind kind, String id, String source) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier(source)
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
    engine.instance(kind, id + "-1", id);
    engine.instance(kind, id + "-2", id);
    rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).masterUserPassword(OWN).applyImmediately(true));
    RealEngine.await("the password", () -> kind.login(describe(id), OWN).isTaken());
    RealEngine.await("rest", () -> describe(id).pendingModifiedValues() == null);
    return describe(id);
  }

  private static DBCluster describe(String id) {
    return engine.describe(id);
  }
}
