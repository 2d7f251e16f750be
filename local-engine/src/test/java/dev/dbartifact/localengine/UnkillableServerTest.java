package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Servers that not even SIGKILL ends, as those that wait for a disk that does not answer.
class UnkillableServerTest extends ResetFixture {

  private static final String WHY = "process 4711 waits for the disk, perhaps";
  private static final String NEXT = "The next start of the engine tries again";

  private StorageId stuck;

  @BeforeEach
  void aServerThatDoesNotEnd() {
    engine.cluster("prod");
    clone("dev", "prod");
    stuck = storage(cluster("dev"));
    host.unkillable.add(stuck);
  }

  @Test
  void anInstanceWhoseServerDoesNotEndStays_andSaysWhy() throws Exception {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));

    TestEngine.await("the reason", () -> told(SourceType.DB_INSTANCE, "dev-1"));
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("deleting");
    assertThat(status()).contains(WHY, NEXT);
    assertThat(host.running(stuck)).isTrue();
    othersGoOn();

    startAgain();
    engine.awaitInstanceGone("dev-1");
    assertThat(host.running(stuck)).isFalse();
  }

  @Test
  void itsVolumeStaysWithIt_untilTheNextEngineHasEndedIt() throws Exception {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));

    TestEngine.await("the reason", () -> told(SourceType.DB_CLUSTER, "dev"));
    assertThat(cluster("dev").status()).isEqualTo("deleting");
    assertThat(status()).contains(WHY, NEXT);
    assertThat(host.volumes).containsKey(stuck);
    othersGoOn();

    startAgain();
    engine.awaitGone("dev");
    assertThat(host.volumes).doesNotContainKey(stuck);
  }

  @Test
  void aReaderThatDidNotEndKeepsItsCluster_untilTheNextEngineHasEndedIt() throws Exception {
    var reader = strandedReader();
    host.unkillable.add(reader);
    delete("other");

    TestEngine.await("the reason", () -> told(SourceType.DB_CLUSTER, "other"));
    assertThat(cluster("other").status()).isEqualTo("deleting");
    assertThat(host.volumes).containsKey(reader);

    startAgain();
    engine.awaitGone("other");
    engine.awaitInstanceGone("other-2");
    assertThat(host.volumes).doesNotContainKey(reader);
  }

  @Test
  void oneThatCanEndByThenGoesWithItsCluster() {
    var reader = strandedReader();
    delete("other");

    engine.awaitGone("other");
    engine.awaitInstanceGone("other-2");
    assertThat(host.volumes).doesNotContainKey(reader);
    assertThat(messages("other-2")).containsOnlyOnce("DB instance deleted");
  }

  /// Of a cluster `other`, whose reader `other-2` is being deleted for good.
  private StorageId strandedReader() {
    engine.cluster("other");
    var made = engine.createInstance("other-2", "other");
    await("other-2");
    host.failNextUnfollowWith(new HostException("replication slot \"reader_db\" is active"));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("other-2"));
    TestEngine.await(
        "the failure",
        () -> messages("other-2").stream().anyMatch(each -> each.contains("reader_db")));
    return new StorageId(made.dbiResourceId().toLowerCase(Locale.ROOT));
  }

  private void delete(String cluster) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(cluster + "-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(cluster).skipFinalSnapshot(true));
  }

  @Test
  void aClusterThatIsToStopGoesOnStopping_andStopsWithTheNextEngine() throws Exception {
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("dev"));

    TestEngine.await("the reason", () -> told(SourceType.DB_CLUSTER, "dev"));
    assertThat(cluster("dev").status()).isEqualTo("stopping");
    assertThat(status()).contains(WHY, NEXT);
    othersGoOn();

    startAgain();
    await("dev", "stopped");
    assertThat(status()).doesNotContain(WHY);
  }

  @Test
  void aResetLeavesItsDataInPlace() {
    assertThat(answer(500, "dev").message()).contains("Could not reset 'dev'", WHY);

    assertThat(words("dev")).containsExactly("of dev");
    assertThat(host.running(stuck)).isTrue();
    await("dev", "available");
    await("dev-1");
    othersGoOn();
  }

  private boolean told(SourceType type, String id) {
    return messages(type, id).stream().anyMatch(each -> each.contains(WHY) && each.endsWith(NEXT));
  }

  private void othersGoOn() {
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    until("prod-1", "available");
    clone("other", "prod");
  }

  private void startAgain() throws Exception {
    engine.close();
    host.unkillable.clear();
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  private String status() throws IOException {
    return SignedCall.get(
        engine.engine.endpoint(),
        "/",
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Duration.ofSeconds(20));
  }
}
