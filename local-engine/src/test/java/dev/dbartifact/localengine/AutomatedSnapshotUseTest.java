package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbSnapshotStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// What can be done with automated snapshots, and what cannot.
class AutomatedSnapshotUseTest extends AutomatedSnapshotFixture {

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
  void theyDoNotCountForTheLimit() {
    cluster("prod");
    awaitAutomated("prod", 1);
    assertThat(engine.rds.describeAccountAttributes().accountQuotas())
        .filteredOn(each -> each.accountQuotaName().equals("ManualClusterSnapshots"))
        .singleElement()
        .satisfies(each -> assertThat(each.used()).isZero());
  }
}
