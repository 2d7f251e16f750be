package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSnapshotStateException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Snapshots that nobody asks for, on a clock that is turned.
class AutomatedSnapshotTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.storage", "rds.backup");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("-uuuu-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

  /// Until the backup window begins. Requests are signed by the real clock: an engine whose clock
  /// is turned by more than 15 minutes does not take them.
  private static final Duration SOME = Duration.ofMinutes(10);

  @TempDir Path memory;
  @TempDir Path cut;

  private final TurnableClock clock =
      new TurnableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  private final String window = window(clock.instant().plus(SOME));
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  private static String window(Instant begin) {
    var time = LocalTime.ofInstant(begin, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    return "%s-%s".formatted(time, time.plusHours(1));
  }

  @BeforeEach
  void start() throws Exception {
    host.sharing = true;
    engine = TestEngine.start(memory, host, clock);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aClusterHasOneAsSoonAsItsFirstInstanceServes() {
    headless("prod");
    clock.turn(Duration.ofMinutes(1));
    engine.createInstance("prod-1", "prod");

    var only = awaitAutomated("prod", 1).getFirst();
    assertThat(only.dbClusterSnapshotIdentifier())
        .isEqualTo("rds:prod" + MINUTE.format(clock.instant()));
    assertThat(only.dbClusterSnapshotArn())
        .endsWith(":cluster-snapshot:" + only.dbClusterSnapshotIdentifier());
    assertThat(only.snapshotCreateTime()).isEqualTo(clock.instant());
    assertThat(only.percentProgress()).isEqualTo(100);
    assertThat(messages(SourceType.DB_CLUSTER_SNAPSHOT, only.dbClusterSnapshotIdentifier()))
        .containsExactly(
            "Creating automated cluster snapshot", "Automated cluster snapshot created");
  }

  @Test
  void aPlainInstanceHasOneToo() {
    plain("own");
    var only = awaitOfPlain("own", 1).getFirst();
    assertThat(only.dbSnapshotIdentifier()).isEqualTo("rds:own" + MINUTE.format(clock.instant()));
    assertThat(only.dbSnapshotArn()).endsWith(":snapshot:" + only.dbSnapshotIdentifier());
    assertThat(messages(SourceType.DB_SNAPSHOT, only.dbSnapshotIdentifier()))
        .containsExactly("Creating automated snapshot", "Automated snapshot created");
    assertThat(messages(SourceType.DB_INSTANCE, "own"))
        .containsExactly(
            "DB instance created", "Backing up DB instance", "Finished DB Instance backup");
  }

  @Test
  void withoutATypeThoseOfAllTypesAreShown() {
    cluster("prod");
    var automated = awaitAutomated("prod", 1).getFirst().dbClusterSnapshotIdentifier();
    take("mine");

    assertThat(names(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()))
        .containsExactly("mine", automated);
    assertThat(names(ofType("manual"))).containsExactly("mine");
    assertThat(names(ofType("automated"))).containsExactly(automated);
    assertThat(
            names(
                engine
                    .rds
                    .describeDBClusterSnapshots(r ->
                        r.filters(filter("snapshot-type", "automated")).dbClusterIdentifier("prod"))
                    .dbClusterSnapshots()))
        .containsExactly(automated);
  }

  @Test
  void thereIsOneForEachWindow_howeverSoonItBegins() {
    var soon = Duration.ofMinutes(2);
    headless("prod", window(clock.instant().plus(soon)));
    engine.createInstance("prod-1", "prod");
    awaitAutomated("prod", 1);
    clock.turn(soon);
    assertThat(names(awaitAutomated("prod", 2)))
        .containsExactly(
            "rds:prod" + MINUTE.format(clock.instant().minus(soon)),
            "rds:prod" + MINUTE.format(clock.instant()));
  }

  @Test
  void aCloneIsBackedUpInItsWindow_notWhenItIsMade() {
    cluster("prod");
    awaitAutomated("prod", 1);
    engine.rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier("dev")
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true)
            .preferredBackupWindow(window));
    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));

    clock.turn(SOME);
    assertThat(names(awaitAutomated("dev", 1)))
        .containsExactly("rds:dev" + MINUTE.format(clock.instant()));
  }

  @Test
  void wherePlainCopiesWouldBeMadeThereAreNone() {
    host.sharing = false;
    cluster("prod");
    clock.turn(SOME);
    take("mine");
    assertThat(names(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()))
        .containsExactly("mine");
  }

  @Test
  void theOutdatedGo() {
    cluster("prod");
    awaitAutomated("prod", 1);
    clock.turn(SOME);
    awaitAutomated("prod", 2);

    var before = volumes();
    elsewhen(
        Duration.ofDays(1).plusMinutes(1),
        () ->
            TestEngine.await(
                "a new one alone",
                () -> volumes().size() == 1 && Collections.disjoint(volumes(), before)));
    assertThat(awaitAutomated("prod", 1).getFirst().snapshotCreateTime())
        .isEqualTo(clock.instant().plus(Duration.ofDays(1).plusMinutes(1)));
  }

  @Test
  void theyAreKeptForTheRetentionPeriod_andGoWhenThatIsLowered() {
    cluster("prod");
    retainOfCluster(3);
    awaitAutomated("prod", 1);
    elsewhen(Duration.ofDays(1).plus(SOME), () -> awaitVolumes(2));
    elsewhen(Duration.ofDays(2).plus(SOME), () -> awaitVolumes(3));

    retainOfCluster(1);
    elsewhen(Duration.ofDays(2).plus(SOME).plusMinutes(1), () -> awaitVolumes(1));
  }

  @Test
  void anInstanceThatWantsNoneLosesThem_andHasOneAsSoonAsItWantsThemAgain() {
    plain("own");
    awaitOfPlain("own", 1);
    retain("own", 0);
    awaitOfPlain("own", 0);

    clock.turn(Duration.ofMinutes(5));
    retain("own", 1);
    awaitOfPlain("own", 1);
  }

  @Test
  void oneMakesUpForAllThatWereMissed_afterAWhile() throws Exception {
    cluster("prod");
    awaitAutomated("prod", 1);
    engine.close();
    clock.turn(SOME);
    engine = TestEngine.start(memory, host, clock);
    engine.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
    take("mine");
    assertThat(automated("prod")).as("what was missed waits").hasSize(1);

    clock.turn(Duration.ofMinutes(1));
    awaitAutomated("prod", 2);
  }

  @Test
  void nobodyDeletesOrSharesThem() {
    cluster("prod");
    var id = awaitAutomated("prod", 1).getFirst().dbClusterSnapshotIdentifier();
    assertThatThrownBy(
            () -> engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier(id)))
        .isInstanceOf(InvalidDbClusterSnapshotStateException.class)
        .hasMessageContaining("Only manual snapshots may be deleted.");
    assertThatThrownBy(() ->
            engine.rds.modifyDBClusterSnapshotAttribute(r ->
                r.dbClusterSnapshotIdentifier(id)
                    .attributeName("restore")
                    .valuesToAdd("111122223333")))
        .isInstanceOf(InvalidDbClusterSnapshotStateException.class)
        .hasMessageContaining("only manual snapshots can be shared");
  }

  @Test
  void nobodyDeletesSharesOrUpgradesThoseOfPlainInstances() {
    plain("own");
    var id = awaitOfPlain("own", 1).getFirst().dbSnapshotIdentifier();
    assertThatThrownBy(() -> engine.rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier(id)))
        .isInstanceOf(InvalidDbSnapshotStateException.class)
        .hasMessageContaining("automated snapshots cannot be deleted.");
    assertThatThrownBy(() ->
            engine.rds.modifyDBSnapshotAttribute(
                r -> r.dbSnapshotIdentifier(id).attributeName("restore").valuesToAdd("all")))
        .isInstanceOf(InvalidDbSnapshotStateException.class);
    assertThatThrownBy(
            () -> engine.rds.modifyDBSnapshot(r -> r.dbSnapshotIdentifier(id).engineVersion("17")))
        .isInstanceOf(InvalidDbSnapshotStateException.class)
        .hasMessageContaining("only manual snapshots can be upgraded");
  }

  @Test
  void nobodyGivesNamesLikeTheirs() {
    cluster("prod");
    assertThatThrownBy(() -> take("rds:mine"))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining("DBClusterSnapshotIdentifier");
  }

  @Test
  void aCopyIsManual_andOutlivesTheCluster() {
    cluster("prod");
    var of = awaitAutomated("prod", 1).getFirst().dbClusterSnapshotArn();
    engine.rds.copyDBClusterSnapshot(
        r -> r.sourceDBClusterSnapshotIdentifier(of).targetDBClusterSnapshotIdentifier("kept"));
    TestEngine.await("the copy", () -> ofType("manual").getFirst().status().equals("available"));
    delete("prod");

    TestEngine.await("the end of the automated one", () -> ofType("automated").isEmpty());
    assertThat(names(ofType("manual"))).containsExactly("kept");
    engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("kept"));
  }

  @Test
  void theyAreRestoredLikeOthers() {
    cluster("prod");
    var id = awaitAutomated("prod", 1).getFirst().dbClusterSnapshotIdentifier();
    engine.rds.restoreDBClusterFromSnapshot(
        r -> r.dbClusterIdentifier("again").snapshotIdentifier(id).engine("aurora-postgresql"));
    var again = engine.await("again", each -> each.status().equals("available"));
    assertThat(engine.volume(again).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);

    plain("own");
    var own = awaitOfPlain("own", 1).getFirst().dbSnapshotIdentifier();
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("own-again").dbSnapshotIdentifier(own));
    engine.awaitInstance("own-again", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void oneThatARestoreNeedsIsNotLetGoOf() {
    plain("own");
    var id = awaitOfPlain("own", 1).getFirst().dbSnapshotIdentifier();
    host.hold();
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("again").dbSnapshotIdentifier(id));
    retain("own", 0);
    clock.turn(Duration.ofSeconds(10));
    assertThat(ofPlain("own").getFirst().status()).isEqualTo("available");

    host.release();
    engine.awaitInstance("again", each -> each.dbInstanceStatus().equals("available"));
    awaitOfPlain("own", 0);
  }

  @Test
  void theyGoWithTheirInstance_alsoAfterAFinalSnapshot() {
    plain("own");
    awaitOfPlain("own", 1);
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    engine.awaitInstanceGone("own");
    TestEngine.await("the end of the automated one", () -> ofPlain("own").size() == 1);
    assertThat(ofPlain("own").getFirst().dbSnapshotIdentifier()).isEqualTo("last");
    awaitVolumes(1);
  }

  @Test
  void theyStayWhereTheClusterStays() {
    headless("prod");
    engine.createInstance("prod-1", "prod");
    awaitAutomated("prod", 1);
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.awaitInstanceGone("prod-1");
    host.failWith(new HostException.OutOfSpace("The pool is full"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));
    engine.await("prod", each -> each.status().equals("available"));
    assertThat(automated("prod")).hasSize(1);
  }

  @Test
  void toRetainThemIsRefused() {
    cluster("prod");
    plain("own");
    awaitAutomated("prod", 1);
    awaitOfPlain("own", 1);
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(r ->
                r.dbClusterIdentifier("prod")
                    .skipFinalSnapshot(true)
                    .deleteAutomatedBackups(false)))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining("Copy the automated snapshots of prod that are to stay");
    assertThatThrownBy(() ->
            engine.rds.deleteDBInstance(r ->
                r.dbInstanceIdentifier("own")
                    .skipFinalSnapshot(true)
                    .deleteAutomatedBackups(false)))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining("DeleteAutomatedBackups must be true");
  }

  @Test
  void theOldestGoFirstWhenRoomIsShort_andNoneAreMade() {
    cluster("prod");
    awaitAutomated("prod", 1);
    clock.turn(SOME);
    cluster("late");
    awaitAutomated("prod", 2);
    awaitAutomated("late", 1);
    var newest = automated("late").getFirst().dbClusterSnapshotIdentifier();

    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    awaitAutomated("late", 0);
    awaitAutomated("prod", 0);
    assertThat(messages(SourceType.DB_CLUSTER, "prod"))
        .filteredOn(each -> each.contains("nearly full"))
        .as("oldest first")
        .isSorted()
        .hasSize(2);
    assertThat(messages(SourceType.DB_CLUSTER, "late"))
        .contains(
            "The storage is nearly full: the automated snapshot %s is deleted".formatted(newest));
  }

  @Test
  void whileOneGoesForLackOfRoomTheOthersStay() {
    cluster("prod");
    awaitAutomated("prod", 1);
    clock.turn(Duration.ofMinutes(1));
    plain("own");
    awaitOfPlain("own", 1);
    clock.turn(SOME);
    awaitAutomated("prod", 2);
    awaitOfPlain("own", 2);
    host.hold();
    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    TestEngine.await("the oldest", () -> automated("prod").getFirst().status().equals("deleting"));

    // That those of the instance go, too, shows that all have been looked at since.
    retain("own", 0);
    TestEngine.await(
        "those that nobody wants",
        () -> ofPlain("own").stream().allMatch(each -> each.status().equals("deleting")));
    assertThat(automated("prod").getLast().status()).isEqualTo("available");

    host.scarce = false;
    host.release();
    awaitOfPlain("own", 0);
    awaitAutomated("prod", 1);
  }

  @Test
  void whereRoomWasShortTheNextOneIsMadeInItsWindow() {
    cluster("prod");
    awaitAutomated("prod", 1);
    host.scarce = true;
    clock.turn(Duration.ofSeconds(5));
    awaitAutomated("prod", 0);
    host.scarce = false;
    clock.turn(Duration.ofMinutes(6));
    take("mine");
    assertThat(automated("prod")).isEmpty();

    clock.turn(Duration.ofMinutes(4));
    awaitAutomated("prod", 1);
  }

  @Test
  void theyDoNotCountForTheLimit() {
    cluster("prod");
    awaitAutomated("prod", 1);
    assertThat(engine.rds.describeAccountAttributes().accountQuotas())
        .filteredOn(each -> each.accountQuotaName().equals("ManualClusterSnapshots"))
        .singleElement()
        .satisfies(each -> assertThat(each.used()).isZero());
  }

  @Test
  void oneThatFailsLeavesNothing_andIsTriedAgain() {
    headless("prod");
    host.failCopiesWith(new HostException("no luck"));
    engine.createInstance("prod-1", "prod");
    TestEngine.await(
        "the attempt",
        () ->
            messages(SourceType.DB_CLUSTER_SNAPSHOT, null).size() == 1
                && ofType("automated").isEmpty());
    assertThat(engine.describe("prod").status()).isEqualTo("available");

    host.failCopiesWith(null);
    clock.turn(Duration.ofMinutes(5));
    awaitAutomated("prod", 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatWasInterruptedIsMadeAnew(boolean clusterStays) throws Exception {
    cluster("prod");
    awaitAutomated("prod", 1);
    host.hold();
    clock.turn(SOME);
    TestEngine.await("the attempt", () -> automated("prod").size() == 2);
    cutPower();
    if (!clusterStays) {
      forgetClusters();
    }
    var rest = new FakeDatabaseHost();
    rest.sharing = true;
    rest.volumes.putAll(host.volumes);
    host.release();

    clock.turn(Duration.ofMinutes(1));
    try (var again = TestEngine.start(cut, rest, clock)) {
      var whole = clusterStays ? 1 : 0;
      TestEngine.await(
          "the end of what was half made", () -> automated(again, "prod").size() == whole);
      clock.turn(Duration.ofMinutes(1));
      if (clusterStays) {
        TestEngine.await("another one", () -> automated(again, "prod").size() == 2);
      }
    }
  }

  // ---- what is there

  private List<DBClusterSnapshot> ofType(String type) {
    return engine.rds.describeDBClusterSnapshots(r -> r.snapshotType(type)).dbClusterSnapshots();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private List<DBClusterSnapshot> automated(String cluster) {
    return automated(engine, cluster);
  }

  private static List<DBClusterSnapshot> automated(TestEngine engine, String cluster) {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.dbClusterIdentifier(cluster).snapshotType("automated"))
        .dbClusterSnapshots();
  }

  private List<DBClusterSnapshot> awaitAutomated(String cluster, int count) {
    TestEngine.await(
        count + " of " + cluster,
        () ->
            automated(cluster).size() == count
                && automated(cluster).stream().allMatch(each -> each.status().equals("available")));
    return automated(cluster);
  }

  private List<DBSnapshot> ofPlain(String instance) {
    return engine.rds.describeDBSnapshots(r -> r.dbInstanceIdentifier(instance)).dbSnapshots();
  }

  private List<DBSnapshot> awaitOfPlain(String instance, int count) {
    TestEngine.await(
        count + " of " + instance,
        () ->
            ofPlain(instance).size() == count
                && ofPlain(instance).stream().allMatch(each -> each.status().equals("available")));
    return ofPlain(instance);
  }

  private void awaitVolumes(int count) {
    TestEngine.await(count + " volumes of snapshots", () -> volumes().size() == count);
  }

  /// Of snapshots.
  private Set<StorageId> volumes() {
    return host.volumes.keySet().stream()
        .filter(each -> each.value().startsWith("snapshot-"))
        .collect(Collectors.toSet());
  }

  private static List<String> names(List<DBClusterSnapshot> snapshots) {
    return snapshots.stream().map(DBClusterSnapshot::dbClusterSnapshotIdentifier).toList();
  }

  private List<String> messages(SourceType type, String id) {
    return engine.rds.describeEvents(r -> r.sourceType(type).sourceIdentifier(id)).events().stream()
        .map(Event::message)
        .toList();
  }

  // ---- what is done

  private void headless(String id) {
    headless(id, window);
  }

  private void headless(String id, String backups) {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .preferredBackupWindow(backups));
    engine.await(id, each -> each.status().equals("available"));
  }

  private void cluster(String id) {
    headless(id);
    engine.createInstance(id + "-1", id);
    engine.awaitInstance(id + "-1", each -> each.dbInstanceStatus().equals("available"));
  }

  private DBInstance plain(String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .preferredBackupWindow(window));
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
  }

  private void retainOfCluster(int days) {
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("prod").backupRetentionPeriod(days).applyImmediately(true));
  }

  private void retain(String instance, int days) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier(instance).backupRetentionPeriod(days).applyImmediately(true));
    engine.awaitInstance(
        instance,
        each ->
            each.backupRetentionPeriod() == days && each.dbInstanceStatus().equals("available"));
  }

  private void take(String id) {
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier(id));
    TestEngine.await(
        "snapshot " + id,
        () ->
            engine
                .rds
                .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(id))
                .dbClusterSnapshots()
                .getFirst()
                .status()
                .equals("available"));
  }

  private void delete(String cluster) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(cluster + "-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(cluster).skipFinalSnapshot(true));
    engine.awaitGone(cluster);
  }

  /// At another time, at which the engine takes no requests.
  private void elsewhen(Duration later, Runnable await) {
    clock.turn(later);
    await.run();
    clock.turn(later.negated());
  }

  /// The memory as it is on the disk now.
  private void cutPower() throws IOException {
    try (var files = Files.walk(memory)) {
      for (var file : files.toList()) {
        Files.copy(file, cut.resolve(memory.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void forgetClusters() throws IOException {
    for (var kind : List.of("clusters", "instances")) {
      try (var files = Files.list(cut.resolve(kind))) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
