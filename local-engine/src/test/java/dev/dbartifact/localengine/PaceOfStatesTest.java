package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.pace.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;

/// At the pace of Aurora, on a clock that is turned. Times are those of Aurora, and all runs twice
/// as fast, since a signature is only good for 15 minutes.
class PaceOfStatesTest {

  private static final int FACTOR = 2;

  private final TurnableClock clock = new TurnableClock(Instant.now());
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, clock, Pace.aurora(FACTOR));
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void turn(String time) {
    clock.turn(Duration.parse("PT" + time).dividedBy(FACTOR));
  }

  private void turnUntil(String time, String cluster, String status) {
    turn(time);
    engine.await(cluster, each -> each.status().equals(status));
  }

  private void made(String id) {
    var made = engine.create(id);
    engine.createInstance(id + "-1", id);
    TestEngine.await("the server of " + id, () -> isServed(made));
    turn("6M");
    engine.awaitInstance(id + "-1", each -> each.dbInstanceStatus().equals("available"));
    engine.await(id, each -> each.status().equals("available"));
  }

  private boolean isServed(software.amazon.awssdk.services.rds.model.DBCluster cluster) {
    var volume = engine.volume(cluster);
    return volume != null && volume.listen() != null;
  }

  @Test
  void aClusterIsCreatingForItsMinuteAlthoughItIsMade() {
    var made = engine.create("shop");
    TestEngine.await("the volume", () -> engine.volume(made) != null);
    turn("59S");
    assertThat(engine.describe("shop").status()).isEqualTo("creating");
    turnUntil("1S", "shop", "available");
  }

  @Test
  void readersAreCreatedBesideTheirWriter() {
    engine.create("shop");
    engine.createInstance("shop-1", "shop");
    engine.createInstance("shop-2", "shop");
    TestEngine.await("the reader", () -> host.followed.size() == 1);
    turn("329S");
    assertThat(engine.describeInstance("shop-2").dbInstanceStatus()).isEqualTo("creating");
    turn("1S");
    engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
    engine.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void aFailoverTakesHalfAMinuteAlthoughTheWriterHasMoved() {
    made("shop");
    engine.createInstance("shop-2", "shop");
    TestEngine.await("the reader", () -> host.followed.size() == 1);
    turn("270S");
    engine.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("available"));

    engine.rds.failoverDBCluster(r -> r.dbClusterIdentifier("shop"));
    TestEngine.await(
        "the new writer",
        () ->
            engine.describe("shop").dbClusterMembers().stream()
                .anyMatch(each ->
                    each.isClusterWriter() && each.dbInstanceIdentifier().equals("shop-2")));
    turn("29S");
    assertThat(engine.describe("shop").status()).isEqualTo("failing-over");
    turnUntil("1S", "shop", "available");
  }

  @Test
  void anInstanceIsCreatedAfterItsCluster() {
    var made = engine.create("shop");
    engine.createInstance("shop-1", "shop");
    TestEngine.await("the server", () -> isServed(made));
    turnUntil("60S", "shop", "available");
    turn("269S");
    var creating = engine.describeInstance("shop-1");
    assertThat(creating.dbInstanceStatus()).isEqualTo("creating");
    assertThat(creating.endpoint()).isNull();
    turn("1S");
    engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void aChangeIsSeenLaterAndRefusesOthersMeanwhile() {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").applyImmediately(true).backupRetentionPeriod(7));
    assertThat(engine.describe("shop").status()).isEqualTo("available");
    turnUntil("20S", "shop", "modifying");
    assertThatThrownBy(() ->
            engine.rds.modifyDBCluster(
                r -> r.dbClusterIdentifier("shop").applyImmediately(true).copyTagsToSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class);
    turnUntil("60S", "shop", "available");
  }

  @Test
  void aRenamedClusterIsRenaming() {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").newDBClusterIdentifier("store").applyImmediately(true));
    turnUntil("20S", "store", "renaming");
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("available");
    turnUntil("60S", "store", "available");
  }

  @Test
  void aRenamedInstanceIsRenaming() {
    made("shop");
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("shop-1").newDBInstanceIdentifier("first").applyImmediately(true));
    turnUntilInstance("20S", "first", "renaming");
    turnUntilInstance("4M", "first", "available");
  }

  @Test
  void eventsTellOfAChangeWhenItBeginsAndWhenItIsOver() {
    made("shop");
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("shop-1").dbInstanceClass("db.r6g.xlarge").applyImmediately(true));
    assertThat(changes("shop-1")).isEmpty();

    turnUntilInstance("20S", "shop-1", "modifying");
    assertThat(changes("shop-1"))
        .containsExactly("Applying modification to database instance class.");

    turnUntilInstance("4M", "shop-1", "available");
    assertThat(changes("shop-1"))
        .last()
        .isEqualTo("Finished applying modification to DB instance class.");
  }

  private List<String> changes(String instance) {
    return engine
        .rds
        .describeEvents(r ->
            r.sourceType("db-instance")
                .sourceIdentifier(instance)
                .eventCategories("configuration change"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  @Test
  void signingInWithIamIsConfiguredOnTheClusterAndItsInstances() {
    made("shop");
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("shop").enableIAMDatabaseAuthentication(true).applyImmediately(true));
    turnUntil("20S", "shop", "configuring-iam-database-auth");
    turnUntilInstance("0S", "shop-1", "configuring-iam-database-auth");
    turnUntil("60S", "shop", "available");
    turnUntilInstance("3M", "shop-1", "available");
  }

  @Test
  void logsAreConfiguredOnInstances() {
    made("shop");
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .cloudwatchLogsExportConfiguration(logs -> logs.enableLogTypes("postgresql"))
            .applyImmediately(true));
    turnUntil("20S", "shop", "modifying");
    turnUntilInstance("0S", "shop-1", "configuring-log-exports");
    turnUntil("60S", "shop", "available");
    turnUntilInstance("3M", "shop-1", "available");
  }

  @Test
  void aPasswordIsPendingUntilItsResetIsOver() {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
    TestEngine.await(
        "the server to know it",
        () -> engine.volume(engine.describe("shop")).password().equals("battery-staple"));
    assertThat(engine.describe("shop").pendingModifiedValues().masterUserPassword())
        .isEqualTo("****");
    turnUntil("20S", "shop", "resetting-master-credentials");
    assertThat(engine.describe("shop").pendingModifiedValues()).isNotNull();
    turnUntil("40S", "shop", "available");
    engine.await("shop", each -> each.pendingModifiedValues() == null);
  }

  @Test
  void aPasswordThatIsOnlyShownAsPendingIsKnownToTheNextEngine() throws Exception {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
    TestEngine.await(
        "the server to know it",
        () -> engine.volume(engine.describe("shop")).password().equals("battery-staple"));
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(FACTOR));
    assertThat(engine.describe("shop").pendingModifiedValues()).isNull();
    assertThat(engine.volume(engine.describe("shop")).password()).isEqualTo("battery-staple");
  }

  @Test
  void aChangeOfNothingIsNotShown() {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").applyImmediately(true).backupRetentionPeriod(1));
    turn("21S");
    assertThat(engine.describe("shop").status()).isEqualTo("available");
  }

  @Test
  void aPasswordIsResetAfterTheAnswer() {
    made("shop");
    var answered =
        engine.rds.modifyDBCluster(
            r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
    assertThat(answered.dbCluster().status()).isEqualTo("available");
    turnUntil("20S", "shop", "resetting-master-credentials");
    turnUntil("40S", "shop", "available");
    assertThat(engine.volume(engine.describe("shop")).password()).isEqualTo("battery-staple");
  }

  @Test
  void aPlainInstanceShowsTheStatesOfItsStorageAndOfItsServerAsItsOwn() {
    createPlain("own");
    turn("329S");
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("creating");
    turnUntilInstance("1S", "own", "available");

    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("monday"));
    turn("119S");
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("backing-up");
    turnUntilInstance("1S", "own", "available");

    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("own").masterUserPassword("battery-staple"));
    turnUntilInstance("20S", "own", "resetting-master-credentials");
    turnUntilInstance("40S", "own", "available");

    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("rebooting");
    turnUntilInstance("40S", "own", "available");
  }

  /// One whose server runs.
  private void createPlain(String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword("correct-horse"));
    TestEngine.await(
        "the server", () -> host.volumes.values().stream().anyMatch(each -> each.listen() != null));
  }

  private void turnUntilInstance(String time, String instance, String status) {
    turn(time);
    engine.awaitInstance(instance, each -> each.dbInstanceStatus().equals(status));
  }

  @Test
  void aPlainInstanceIsBackedUpBeforeItIsAvailableForTheFirstTime() {
    host.sharing = true;
    createPlain("own");
    turn("329S");
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("creating");
    turnUntilInstance("1S", "own", "backing-up");
    turn("119S");
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("backing-up");
    turnUntilInstance("1S", "own", "available");
    assertThat(engine.rds.describeDBSnapshots().dbSnapshots())
        .singleElement()
        .satisfies(snapshot -> assertThat(snapshot.status()).isEqualTo("available"));
  }

  @Test
  void aClusterIsBackingUpWhenItsFirstInstanceIsThere() {
    host.sharing = true;
    var made = engine.create("shop");
    engine.createInstance("shop-1", "shop");
    TestEngine.await("the server", () -> isServed(made));
    turn("6M");
    engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(engine.describe("shop").status()).isEqualTo("backing-up");
    turnUntil("2M", "shop", "available");
  }

  @Test
  void aSnapshotIsCreatingAndItsClusterBackingUp() {
    made("shop");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("shop").dbClusterSnapshotIdentifier("monday"));
    turn("119S");
    assertThat(engine.describe("shop").status()).isEqualTo("backing-up");
    turnUntil("1S", "shop", "available");
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots())
        .singleElement()
        .satisfies(snapshot -> assertThat(snapshot.status()).isEqualTo("available"));
  }

  @Test
  void aFinalSnapshotThatIsStillShownAsCreatingCountsAsMade() {
    made("shop");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("shop").finalDBSnapshotIdentifier("last"));
    // The snapshot is there long before the cluster goes.
    TestEngine.await("the end of the work", () -> host.volumes.size() == 1);
    turn("11M");
    assertThat(engine.describe("shop").status()).isEqualTo("deleting");
    turn("1M");
    engine.awaitGone("shop");
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots())
        .singleElement()
        .satisfies(snapshot -> assertThat(snapshot.status()).isEqualTo("available"));
  }

  @Test
  void anInstanceIsGoneBeforeItsCluster() {
    made("shop");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
    TestEngine.await("the end of the work", host.volumes::isEmpty);
    turn("10M");
    engine.awaitInstanceGone("shop-1");
    assertThat(engine.describe("shop").status()).isEqualTo("deleting");
    turn("2M");
    engine.awaitGone("shop");
  }

  @Test
  void aStoppedClusterWasStopping() {
    made("shop");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    turn("299S");
    assertThat(engine.describe("shop").status()).isEqualTo("stopping");
    turnUntil("1S", "shop", "stopped");
    engine.rds.startDBCluster(r -> r.dbClusterIdentifier("shop"));
    turn("299S");
    assertThat(engine.describe("shop").status()).isEqualTo("starting");
    turnUntil("1S", "shop", "available");
  }

  /// What is under way does not hold the engine back when it stops, and the next one finishes it.
  @Test
  void whatIsShownWhenTheEngineStopsIsFinishedByTheNext() throws Exception {
    made("shop");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").applyImmediately(true).backupRetentionPeriod(7));
    turnUntil("20S", "shop", "modifying");
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(FACTOR));
    assertThat(engine.describe("shop").status()).isEqualTo("available");
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("starting");
  }
}
