package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.SourceType;

/// When automated snapshots of clusters and plain instances are made, and how long they are kept.
class AutomatedSnapshotTest extends AutomatedSnapshotFixture {

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

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
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

  private void retainOfCluster(int days) {
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("prod").backupRetentionPeriod(days).applyImmediately(true));
  }
}
