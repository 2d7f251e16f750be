package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What can be asked of a cluster while it is paused.
class PausedClusterUseTest extends PauseFixture {

  /// Nobody has to connect for that, and nobody waits.
  @Test
  void aCloneIsReset_andRunsAfterwards() throws Exception {
    engine.cluster("prod");
    var dev = pausedClone("dev", "prod");
    write(dev, "of dev");
    write(engine.describe("prod"), "of today");

    assertThat(reset("dev").status()).isEqualTo(200);

    assertThat(host.words.get(volume("dev"))).containsExactly("of today");
    assertThat(running("dev")).isTrue();
    assertThat(engine.describe("dev").status()).isEqualTo("available");
    assertThat(engine.describe("dev").endpoint()).isEqualTo(dev.endpoint());
    assertThat(connect("dev").get()).isEmpty();
    passIdly();
    assertThat(running("dev")).as("within twenty minutes of a change").isTrue();
  }

  @Test
  void oneThatCouldNotBeResetHasItsData() throws Exception {
    engine.cluster("prod");
    write(pausedClone("dev", "prod"), "of dev");
    host.failNextReplacementWith(new HostException("The pool is full"));

    assertThat(reset("dev").body()).contains("The pool is full");

    assertThat(host.words.get(volume("dev"))).containsExactly("of dev");
    assertThat(connect("dev").get()).isEmpty();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void itsClonesAreReset_andItStaysPaused() throws Exception {
    var prod = pausing("prod");
    engine.restore("dev", "prod");
    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    clock.turn(IDLE);
    awaitPaused("prod");
    write(prod, "of today");

    assertThat(reset("dev").status()).isEqualTo(200);

    assertThat(host.words.get(volume("dev"))).containsExactly("of today");
    assertThat(running("prod")).isFalse();
  }

  @Test
  void itCannotFailOver_andStaysPaused() {
    paused("dev");
    assertThatThrownBy(() -> engine.rds.failoverDBCluster(r -> r.dbClusterIdentifier("dev")))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining("no Aurora Replica");
    snapshot("dev");
    assertThat(running("dev")).isFalse();
  }

  @Test
  void aNewNameResumesIt() throws Exception {
    var before = paused("dev");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("dev").newDBClusterIdentifier("test").applyImmediately(true));
    engine.await("test", each -> each.status().equals("available"));
    awaitMessage("dev-1", RESUMED);

    assertThat(engine.describe("test").endpoint()).isEqualTo(before.endpoint());
    assertThat(running("test")).isTrue();
    assertThat(connect("test").get()).isEmpty();
  }

  @Test
  void anotherClassResumesIt_andKeepsIt() {
    paused("dev");
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("dev-1").dbInstanceClass("db.r6g.large").applyImmediately(true));
    engine.awaitInstance(
        "dev-1",
        each ->
            each.dbInstanceClass().equals("db.r6g.large")
                && each.dbInstanceStatus().equals("available"));
    TestEngine.await("the server", () -> running("dev"));
    passIdly();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void whatIsRestoredFromASnapshotOfItHasEverything() {
    write(paused("dev"), "of dev");
    snapshot("dev");
    engine.rds.restoreDBClusterFromSnapshot(r ->
        r.dbClusterIdentifier("copy").snapshotIdentifier("snapshot-1").engine("aurora-postgresql"));
    engine.await("copy", each -> each.status().equals("available"));

    assertThat(host.words.get(volume("copy"))).containsExactly("of dev");
    assertThat(running("dev")).isFalse();
  }

  @Test
  void itIsDeletedWithAFinalSnapshot() {
    write(paused("dev"), "of dev");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
    engine.rds.deleteDBCluster(r ->
        r.dbClusterIdentifier("dev").finalDBSnapshotIdentifier("last").skipFinalSnapshot(false));
    engine.awaitGone("dev");

    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots())
        .singleElement()
        .satisfies(each -> assertThat(each.status()).isEqualTo("available"));
    assertThat(host.words.values()).contains(List.of("of dev"));
  }

  @Test
  void theNextEngineLeavesItPaused() throws Exception {
    paused("dev");
    var before = host.starts.get();
    engine.close();
    engine = TestEngine.start(memory, host, clock);
    engine.await("dev", each -> each.status().equals("available"));
    snapshot("dev");

    assertThat(running("dev")).isFalse();
    assertThat(host.starts).hasValue(before);
    assertThat(connect("dev").get()).isEmpty();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void itIsBroughtToAnotherMajorVersion_andRunsAfterwards() throws Exception {
    paused("dev", r -> r.engineVersion("15.18"));

    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev")
            .engineVersion("17.5")
            .allowMajorVersionUpgrade(true)
            .applyImmediately(true));
    engine.await("dev", each -> each.status().equals("available"));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));

    assertThat(engine.describe("dev").engineVersion()).isEqualTo("17.5");
    assertThat(running("dev")).isTrue();
    assertThat(connect("dev").get()).isEmpty();
  }

  private DBCluster pausedClone(String id, String source) {
    engine.rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier(source)
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    createInstance(id + "-1", id, "db.serverless");
    clock.turn(IDLE);
    awaitPaused(id);
    return engine.describe(id);
  }

  private void write(DBCluster cluster, String word) {
    host.words
        .computeIfAbsent(EngineFixture.storage(cluster), _ -> new CopyOnWriteArrayList<>())
        .add(word);
  }

  private SignedCall.Reply reset(String id) throws IOException {
    return SignedCall.post(
        engine.engine.endpoint().resolve(StatusService.RESET),
        "{\"clusters\": [\"%s\"]}".formatted(id),
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Duration.ofSeconds(20));
  }
}
