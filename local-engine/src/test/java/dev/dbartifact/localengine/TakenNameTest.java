package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbInstanceAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.SourceType;

/// New names that something else has, or gets while the change to them waits.
class TakenNameTest extends PlainInstanceFixture {

  private void modifyCluster(String id, Consumer<ModifyDbClusterRequest.Builder> change) {
    engine.rds.modifyDBCluster(request -> change.accept(request.dbClusterIdentifier(id)));
  }

  @Test
  void aClusterIsNotToGetTheNameOfAnother_norLater() {
    engine.cluster("shop");
    engine.cluster("market");
    for (var atOnce : new boolean[] {true, false}) {
      refused(
          DbClusterAlreadyExistsException.class,
          "already exists",
          () ->
              modifyCluster(
                  "shop", r -> r.newDBClusterIdentifier("Market").applyImmediately(atOnce)));
    }
    assertThat(engine.describe("shop").pendingModifiedValues()).isNull();
  }

  @Test
  void anInstanceIsNotToGetTheNameOfAnother_norLater() {
    engine.cluster("shop");
    made("own");
    for (var atOnce : new boolean[] {true, false}) {
      refused(
          DbInstanceAlreadyExistsException.class,
          "already exists",
          () -> modify("shop-1", r -> r.newDBInstanceIdentifier("Own").applyImmediately(atOnce)));
      refused(
          DbInstanceAlreadyExistsException.class,
          "already exists",
          () -> modify("own", r -> r.newDBInstanceIdentifier("Shop-1").applyImmediately(atOnce)));
    }
    assertThat(engine.describeInstance("shop-1").pendingModifiedValues()).isEqualTo(NOTHING);
    assertThat(engine.describeInstance("own").pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void aNameMayBeThatOfAnotherKind_andOnesOwn() {
    engine.cluster("shop");
    made("own");
    modify("own", r -> r.newDBInstanceIdentifier("own"));
    modify("own", r -> r.newDBInstanceIdentifier("shop").applyImmediately(true));
    until("shop", "available");
    modifyCluster("shop", r -> r.newDBClusterIdentifier("shop-1").applyImmediately(true));
    assertThat(engine.describe("shop-1").status()).isEqualTo("available");
  }

  @Test
  void aClusterWhoseNewNameIsTakenMeanwhileKeepsItsOwn_andChanges() {
    engine.cluster("shop");
    modifyCluster("shop", r -> r.newDBClusterIdentifier("market"));
    engine.cluster("market");

    modifyCluster("shop", r -> r.backupRetentionPeriod(9));
    assertThat(engine.describe("shop").pendingModifiedValues().dbClusterIdentifier())
        .as("it may be free again")
        .isEqualTo("market");
    modifyCluster("shop", r -> r.applyImmediately(true));

    var kept = engine.describe("shop");
    assertThat(kept.backupRetentionPeriod()).isEqualTo(9);
    assertThat(kept.dbClusterArn()).endsWith(":cluster:shop");
    assertThat(kept.pendingModifiedValues()).isNull();
    assertThat(messages(SourceType.DB_CLUSTER, "shop"))
        .contains(
            "The DB cluster cannot be renamed to market, as it was to be: there is another one of"
                + " that name. It keeps its own.");
  }

  @Test
  void aMemberWhoseNewNameIsTakenMeanwhileKeepsItsOwn_andChanges() {
    engine.cluster("shop");
    keepsItsNameAndChanges("shop-1");
  }

  @Test
  void aPlainInstanceWhoseNewNameIsTakenMeanwhileKeepsItsOwn_andChanges() {
    made("own");
    keepsItsNameAndChanges("own");
  }

  private void keepsItsNameAndChanges(String id) {
    modify(id, r -> r.newDBInstanceIdentifier("wanted"));
    made("wanted");
    modify(id, r -> r.dbInstanceClass("db.t4g.large").applyImmediately(true));

    var kept = until(id, "available");
    assertThat(kept.dbInstanceClass()).isEqualTo("db.t4g.large");
    assertThat(kept.dbInstanceArn()).endsWith(":db:" + id);
    assertThat(kept.pendingModifiedValues()).isEqualTo(NOTHING);
    assertThat(messages(id))
        .contains(
            "The DB instance cannot be renamed to wanted, as it was to be: there is another one of"
                + " that name. It keeps its own.");
  }

  @Test
  void aNameThatIsFreeAgainIsHad() {
    engine.cluster("shop");
    modifyCluster("shop", r -> r.newDBClusterIdentifier("market"));
    engine.cluster("market");
    modifyCluster("market", r -> r.newDBClusterIdentifier("bazaar").applyImmediately(true));
    modifyCluster("shop", r -> r.applyImmediately(true));
    assertThat(engine.describe("market").dbClusterMembers().getFirst().dbInstanceIdentifier())
        .isEqualTo("shop-1");
  }
}
