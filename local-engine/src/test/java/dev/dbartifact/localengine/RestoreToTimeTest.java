package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

class RestoreToTimeTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  /// Requests are signed by the real clock: an engine whose clock is turned by more than 15 minutes
  /// does not take them.
  private static final Duration SOME = Duration.ofMinutes(3);

  @TempDir Path memory;
  @TempDir Path cut;

  private final Instant noon = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final TurnableClock clock = new TurnableClock(noon);
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, new FakeDatabaseHost(), clock);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aHistoryBeginsWithTheFirstInstance() {
    engine.create("prod");
    var without = engine.await("prod", each -> each.status().equals("available"));
    clock.turn(SOME);
    assertThat(engine.describe("prod").earliestRestorableTime())
        .as("the present alone can be had")
        .isEqualTo(engine.describe("prod").latestRestorableTime())
        .isEqualTo(clock.instant());

    engine.createInstance("prod-1", "prod");
    engine.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
    awaitHistory(without);

    clock.turn(SOME);
    var prod = engine.describe("prod");
    assertThat(prod.earliestRestorableTime()).isEqualTo(noon.plus(SOME));
    assertThat(prod.latestRestorableTime()).isEqualTo(noon.plus(SOME).plus(SOME));
  }

  @Test
  void aRestoreHoldsWhatThereWasAtTheTime() {
    var prod = write(engine.cluster("prod"), "one");
    awaitLookAfter(Duration.ofSeconds(10), storage(prod));
    var time = clock.instant();
    clock.turn(Duration.ofMinutes(1));
    write(prod, "two");

    restore("then", time);
    var then = engine.await("then", each -> each.status().equals("available"));

    assertThat(engine.host.words.get(storage(then))).containsExactly("one");
    assertThat(engine.volume(then).madeBy()).isEqualTo(CloneKind.FULL_COPY);
    assertThat(then.cloneGroupId()).isEqualTo(engine.describe("prod").cloneGroupId());
    engine.createInstance("then-1", "then");
    engine.awaitInstance("then-1", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void aPlainInstanceIsRestoredToATimeToo() {
    var own = volume(createPlain("own", 1));
    engine.host.words.put(own, new CopyOnWriteArrayList<>(List.of("one")));
    awaitLookAfter(Duration.ofSeconds(10), own);
    var time = clock.instant();
    clock.turn(Duration.ofMinutes(1));
    engine.host.words.get(own).add("two");

    restorePlain("then", time);
    engine.awaitInstance("then", each -> each.dbInstanceStatus().equals("available"));
    assertThat(engine.host.words.get(volume(engine.describeInstance("then"))))
        .containsExactly("one");
    assertThatThrownBy(() -> restorePlain("later", clock.instant().plusMillis(1)))
        .isInstanceOfSatisfying(RdsException.class, RestoreToTimeTest::isInvalidValue)
        .hasMessageContaining("instance own cannot be restored to a time later than");
  }

  @Test
  void aPlainInstanceWithoutBackupsHasNoHistory() {
    var without = volume(createPlain("without", 0));
    var with = volume(createPlain("with", 1));
    TestEngine.await("a history", () -> engine.host.history.since(with).isPresent());
    engine.host.history.outdated.clear();
    clock.turn(SOME);
    TestEngine.await("another look", () -> engine.host.history.outdated.containsKey(with));

    assertThat(engine.host.history.since(without)).isEmpty();
    assertThat(engine.describeInstance("without").latestRestorableTime()).isNull();
  }

  @Test
  void aPlainInstanceThatWantsNoBackupsAnyMoreLosesItsHistory_andGetsANewOne() {
    var own = volume(createPlain("own", 1));
    awaitLookAfter(Duration.ofSeconds(10), own);

    retain("own", 0);
    clock.turn(SOME);
    TestEngine.await("its end", () -> engine.host.history.since(own).isEmpty());
    assertThat(engine.describeInstance("own").latestRestorableTime()).isNull();

    retain("own", 1);
    clock.turn(SOME);
    TestEngine.await("a new one", () -> engine.host.history.since(own).isPresent());
    assertThat(engine.host.history.since(own)).contains(noon.plusSeconds(10).plus(SOME).plus(SOME));
  }

  private void retain(String id, int days) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier(id).backupRetentionPeriod(days).applyImmediately(true));
  }

  private DBInstance createPlain(String id, int retention) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .backupRetentionPeriod(retention));
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
  }

  private void restorePlain(String id, Instant time) {
    engine.rds.restoreDBInstanceToPointInTime(
        r -> r.targetDBInstanceIdentifier(id).sourceDBInstanceIdentifier("own").restoreTime(time));
  }

  /// The server that listens at the instance's address works on it.
  private StorageId volume(DBInstance instance) {
    return engine.host.storageAt(instance.endpoint().address());
  }

  @Test
  void timesOutsideOfTheWindowAreRefused() {
    awaitHistory(engine.cluster("prod"));
    clock.turn(SOME);

    assertThatThrownBy(() -> restore("dev", noon.minusMillis(1)))
        .isInstanceOfSatisfying(RdsException.class, RestoreToTimeTest::isInvalidValue)
        .hasMessageContaining("prod cannot be restored to a time earlier than " + noon)
        .hasMessageNotContaining("keeps no history");
    assertThatThrownBy(() -> restore("dev", clock.instant().plusMillis(1)))
        .isInstanceOfSatisfying(RdsException.class, RestoreToTimeTest::isInvalidValue)
        .hasMessageContaining("prod cannot be restored to a time later than " + noon.plus(SOME));
    assertThat(engine.rds.describeDBClusters().dbClusters()).hasSize(1);
  }

  @Test
  void whereNoHistoryIsKeptTheMessageSaysWhatIsPossible() {
    engine.host.history.possible = false;
    engine.cluster("prod");
    clock.turn(SOME);

    assertThatThrownBy(() -> restore("dev", noon))
        .isInstanceOfSatisfying(RdsException.class, RestoreToTimeTest::isInvalidValue)
        .hasMessageContaining("keeps no history")
        .hasMessageContaining("UseLatestRestorableTime is possible");
  }

  @Test
  void whatIsOlderThanTheRetentionPeriodNeedNotBeKept() {
    var prod = engine.cluster("prod");
    awaitHistory(prod);
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("prod").backupRetentionPeriod(2).applyImmediately(true));
    engine.await("prod", each -> each.backupRetentionPeriod() == 2);

    clock.turn(SOME);

    TestEngine.await(
        "a look",
        () ->
            clock
                .instant()
                .minus(Duration.ofDays(2))
                .equals(engine.host.history.outdated.get(storage(prod))));
  }

  @Test
  void aCloneHasAHistoryAfterAMinuteOnly() {
    awaitHistory(engine.cluster("prod"));
    engine.restore("dev", "prod");
    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    var dev = engine.describe("dev");

    awaitLookAfter(Duration.ofSeconds(30), storage(engine.describe("prod")));
    assertThat(engine.host.history.since(storage(dev))).isEmpty();

    TestEngine.await(
        "a look after a minute",
        () -> {
          clock.turn(Duration.ofSeconds(31));
          return engine.host.history.since(storage(dev)).isPresent();
        });
  }

  @Test
  void theHistoryGoesWithTheCluster() {
    var prod = engine.cluster("prod");
    awaitHistory(prod);
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));
    engine.awaitGone("prod");

    assertThat(engine.host.history.since(storage(prod))).isEmpty();
  }

  @Test
  void aSourceThatIsStoppedIsRestoredToATimeToo() {
    var prod = write(engine.cluster("prod"), "one");
    awaitLookAfter(Duration.ofSeconds(10), storage(prod));
    var time = clock.instant();
    clock.turn(Duration.ofMinutes(1));
    write(prod, "two");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("prod"));
    var stopped = engine.await("prod", each -> each.status().equals("stopped"));

    assertThat(stopped.earliestRestorableTime()).isBeforeOrEqualTo(time);
    assertThat(stopped.latestRestorableTime()).isEqualTo(clock.instant());
    restore("then", time);
    var then = engine.await("then", each -> each.status().equals("available"));
    assertThat(engine.host.words.get(storage(then))).containsExactly("one");
    assertThat(engine.describe("prod").status()).isEqualTo("stopped");
  }

  @Test
  void aSourceThatIsBeingMadeCannotBeRestored() {
    engine.host.hold();
    engine.create("prod");

    assertThatThrownBy(() -> restore("dev", noon))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("creating; it must be available or stopped");
    engine.host.release();
  }

  @Test
  void aRestoreThatFailsSaysWhy() {
    awaitHistory(engine.cluster("prod"));
    engine.host.failWith(new HostException("parts of its log are not kept any more"));

    restore("dev", noon);

    var failed = engine.await("dev", each -> each.status().equals("cloning-failed"));
    assertThat(failed.statusInfos().getFirst().message()).contains("parts of its log");
    engine.host.failWith(null);
  }

  @Test
  void anInterruptedRestoreIsMadeAgainAsOfItsTime() throws Exception {
    var prod = write(engine.cluster("prod"), "one");
    awaitLookAfter(Duration.ofSeconds(10), storage(prod));
    var time = clock.instant();
    write(prod, "two");
    awaitLookAfter(Duration.ofMinutes(1), storage(prod));
    engine.host.hold();
    restore("dev", time);
    cutPower();
    var host = engine.host;
    host.release();
    engine.await("dev", each -> each.status().equals("available"));

    try (var again = TestEngine.start(cut, host, clock, Pace.INSTANT)) {
      var dev = again.await("dev", each -> each.status().equals("available"));
      assertThat(host.words.get(storage(dev))).containsExactly("one");
    }
  }

  @Test
  void aFailedLookIsTriedAgainLater() {
    engine.host.failWith(null);
    var prod = engine.create("prod");
    engine.await("prod", each -> each.status().equals("available"));
    engine.createInstance("prod-1", "prod");
    engine.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
    awaitHistory(prod);
    engine.host.failWith(new HostException("no"));
    clock.turn(Duration.ofSeconds(10));
    engine.host.history.outdated.clear();
    engine.host.failWith(null);

    TestEngine.await(
        "another look",
        () -> {
          clock.turn(Duration.ofMinutes(5));
          return engine.host.history.outdated.containsKey(storage(prod));
        });
  }

  private static void isInvalidValue(RdsException fault) {
    assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
    assertThat(fault.statusCode()).isEqualTo(400);
  }

  private void restore(String id, Instant time) {
    engine.rds.restoreDBClusterToPointInTime(
        r -> r.dbClusterIdentifier(id).sourceDBClusterIdentifier("prod").restoreToTime(time));
  }

  private DBCluster write(DBCluster cluster, String word) {
    engine
        .host
        .words
        .computeIfAbsent(storage(cluster), _ -> new CopyOnWriteArrayList<>(List.of()))
        .add(word);
    return cluster;
  }

  private void awaitHistory(DBCluster cluster) {
    TestEngine.await("a history", () -> engine.host.history.since(storage(cluster)).isPresent());
  }

  /// Turns the clock, and waits for the look that is due then: what was written before belongs to
  /// the history, which knows what there was at the looks alone. The retention period is a day.
  private void awaitLookAfter(Duration time, StorageId id) {
    clock.turn(time);
    var dayBefore = clock.instant().minus(Duration.ofDays(1));
    TestEngine.await("a look", () -> dayBefore.equals(engine.host.history.outdated.get(id)));
  }

  private static StorageId storage(DBCluster cluster) {
    return new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  /// The memory as it is on the disk now.
  private void cutPower() throws Exception {
    PowerCut.copy(memory, cut);
  }
}
