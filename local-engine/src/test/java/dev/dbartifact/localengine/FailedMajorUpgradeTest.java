package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Upgrades of clusters to another major version that are not made, or cut short.
class FailedMajorUpgradeTest extends MajorUpgradeFixture {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  @Test
  void whatIsInTheWayIsToldAndNothingStops() {
    cluster("prod-1");
    host.upgrades.problems.put(
        volume("prod"), List.of("* There are uncommitted prepared transactions."));
    var starts = host.starts.get();
    upgrade();
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    until("prod-1", "available");
    assertThat(host.starts.get()).isEqualTo(starts);
    assertThat(snapshots()).isEmpty();
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .last()
        .asString()
        .startsWith(
            "Database cluster is in a state that cannot be upgraded: PreUpgrade checks failed: * There are");
    assertThat(host.addedLogs.get("pg_upgrade_precheck.log"))
        .contains(
            "The instance could not be upgraded from 15.4 to 17.5 for the following reasons.",
            "uncommitted prepared transactions");
  }

  @Test
  void aReaderWithoutAServerIsNotAvailableAfterOneThatIsRefused() {
    failedReader();
    refuse();
    upgrade();
    settled();

    var reader = engine.describeInstance("prod-2");
    assertThat(reader.dbInstanceStatus()).isEqualTo("failed");
    assertThat(reader.statusInfos().getFirst().message()).isEqualTo("It does not start");
    until("prod-1", "available");
  }

  @Test
  void aReaderThatLacksRoomWaitsForItAfterOneThatIsRefused() {
    failedReader();
    refuse();
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    upgrade();
    settled();

    until("prod-2", "storage-full");
  }

  @Test
  void aReaderThatCanStartByThenIsStartedAfterOneThatIsRefused() {
    failedReader();
    refuse();
    host.failStartsWith(null);
    upgrade();
    settled();

    assertThat(until("prod-2", "available").statusInfos()).isEmpty();
    assertThat(host.followed).containsValue(volume("prod"));
    assertThat(messages("prod-2")).doesNotContain("DB instance patched");
  }

  /// A cluster with its writer, and `prod-2`.
  private void failedReader() {
    cluster("prod-1");
    host.failStartsWith(new HostException("It does not start"));
    engine.createInstance("prod-2", "prod");
    until("prod-2", "failed");
  }

  private void refuse() {
    host.upgrades.problems.put(volume("prod"), List.of("* A view is in the way."));
  }

  @Test
  void oneThatFailsLeavesTheOldVersionAtWork() {
    cluster("prod-1", "prod-2");
    host.failNextReplacementWith(new HostException("a view is in the way"));
    upgrade();
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql15");
    until("prod-1", "available");
    until("prod-2", "available");
    assertThat(host.running(volume("prod"))).isTrue();
    assertThat(host.volumes.get(volume("prod")).version()).isEqualTo("15.18");
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .contains("Database cluster is in a state that cannot be upgraded: a view is in the way")
        .doesNotContain(
            "Database cluster has been patched",
            "Database cluster major version has been upgraded");
    assertThat(messages("prod-1")).contains("DB instance restarted");
  }

  @Test
  void aClusterWithoutAnInstanceIsNotUpgraded() {
    cluster();
    assertThatThrownBy(this::upgrade).hasMessageContaining("without a healthy primary instance");
  }

  @Test
  void oneThatWasCutShortBeforeItsVolumeChangedIsAsItWas() throws Exception {
    cluster("prod-1");
    cutShort();

    engine = TestEngine.start(memory, host, clock());
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    until("prod-1", "available");
  }

  @Test
  void oneThatWasCutShortAfterThatIsFinishedByTheNextStart() throws Exception {
    cluster("prod-1");
    var storage = volume("prod");
    cutShort();
    host.upgrades.run(storage, "17.5", List.of());

    engine = TestEngine.start(memory, host, clock());
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("17.5");
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql17");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(until("prod-1", "available").dbParameterGroups())
        .extracting(DBParameterGroupStatus::dbParameterGroupName)
        .containsExactly("default.aurora-postgresql17");
  }

  /// Leaves the upgrade where it is, with no engine at work.
  private void cutShort() {
    host.hold();
    upgrade();
    host.failWith(new HostException("the engine is shutting down"));
    engine.close();
    host.failWith(null);
    host.release();
  }

  /// A volume that is gone cannot say which version it has.
  @Test
  void oneThatWasCutShortAndCannotBeDecidedLeavesAllOthersAlone() throws Exception {
    cluster("prod-1");
    plain("own");
    var storage = volume("prod");
    cutShort();
    host.volumes.remove(storage);

    engine = TestEngine.start(memory, host, clock());

    until("own", "available");
    assertThat(engine.describe("prod").engineVersion()).isEqualTo("15.4");
    until("prod-1", "failed");
  }

  @Test
  void oneThatWaitsOutlivesARestart() throws Exception {
    cluster("prod-1");
    modify(r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    engine.close();
    engine = TestEngine.start(memory, host, clock());
    assertThat(settled().pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    until("prod-1", "available");
    modify(r -> r.applyImmediately(true));
    assertThat(settled().engineVersion()).isEqualTo("17.5");
  }
}
