package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.rds.report.ResetReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

/// Clones that are brought back to their source where they are.
class ResetTest extends ResetFixture {

  @Test
  void aCloneThatWasNotChangedIsWhatItWas() {
    engine.cluster("prod");
    var before = clone("dev", "prod");
    reset("dev");
    assertThat(cluster("dev").copy(TestEngine::withoutTimes))
        .isEqualTo(before.copy(TestEngine::withoutTimes));
    assertThat(host.volumes.keySet())
        .containsExactlyInAnyOrder(storage(cluster("prod")), storage(before));
  }

  @Test
  void aResetCloneHasTheDataOfItsSourceAsItIsNow_andEverythingElseAsItWas() {
    engine.cluster("prod");
    var before = clone("dev", "prod");
    var instance = engine.describeInstance("dev-1");
    engine.rds.addTagsToResource(r ->
        r.resourceName(before.dbClusterArn())
            .tags(Tag.builder().key("owner").value("ada").build()));
    write("prod", "of today");

    assertThat(answer(200, "DEV").resets())
        .containsExactly(new ResetReport("dev", "cluster 'prod'", null, null));

    assertThat(words("dev")).containsExactly("of today");
    assertThat(engine.volume(before).password()).as("its own password").isEqualTo(OWN);
    assertThat(engine.volume(before).listen().address().getHostAddress())
        .isEqualTo(before.endpoint());
    assertThat(cluster("dev").tagList()).extracting(Tag::value).containsExactly("ada");
    assertThat(cluster("dev").dbClusterResourceId()).isEqualTo(before.dbClusterResourceId());
    assertThat(engine.describeInstance("dev-1")).isEqualTo(instance);
    assertThat(words("prod")).containsExactly("of today");
  }

  @Test
  void itIsBacktrackingMeanwhile_andTellsOfIt() {
    engine.cluster("prod");
    clone("dev", "prod");
    host.hold();
    var answer = CompletableFuture.supplyAsync(() -> answer(200, "dev"));
    await("dev", "backtracking");
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("backtracking");
    assertThat(refusal("dev"))
        .isEqualTo("Cannot reset cluster 'dev': it is backtracking; it must be available.");
    assertThat(answer).isNotDone();

    host.release();
    answer.join();

    assertThat(cluster("dev").status()).isEqualTo("available");
    assertThat(messages(SourceType.DB_CLUSTER, "dev")).contains("Reset to cluster 'prod'");
    assertThat(
            messages(SourceType.DB_CLUSTER, "dev").stream()
                .filter("Reset master credentials"::equals))
        .as("the password is what it was")
        .hasSize(1);
    assertThat(messages("dev-1")).contains("DB instance restarted");
  }

  @Test
  void readersFollowTheNewData() {
    engine.cluster("prod");
    clone("dev", "prod");
    engine.createInstance("dev-2", "dev");
    await("dev-2");
    write("prod", "of today");

    reset("dev");

    var reader = host.storageAt(engine.describeInstance("dev-2").endpoint().address());
    assertThat(host.followed).containsEntry(reader, storage(cluster("dev")));
    assertThat(host.words.get(reader)).containsExactly("of today");
    assertThat(engine.describeInstance("dev-2").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void itCanBeResetAgain_andItsOwnClonesStayWhole() {
    engine.cluster("prod");
    clone("dev", "prod");
    clone("mine", "dev");

    reset("dev");
    write("dev", "once more");
    reset("dev");

    assertThat(words("dev")).isEmpty();
    assertThat(words("mine")).containsExactly("of dev", "of mine");
    reset("mine");
    assertThat(words("mine")).isEmpty();
  }

  @Test
  void severalAreResetTogether_sourcesFirst() {
    engine.cluster("prod");
    clone("dev", "prod");
    clone("mine", "dev");

    assertThat(answer(200, "mine", "dev", "mine").resets())
        .extracting(ResetReport::id)
        .containsExactly("dev", "mine");

    assertThat(words("mine")).as("dev had been reset before").isEmpty();
  }

  @Test
  void aCloneWithoutAnInstanceIsReset_passwordAndAll() {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");

    reset("dev");

    assertThat(words("dev")).isEmpty();
    assertThat(engine.volume(dev).password()).isEqualTo(OWN);
    assertThat(engine.volume(dev).listen()).isNull();
  }

  @Test
  void whatWasRestoredFromASnapshotIsResetToThat() {
    engine.cluster("prod");
    write("prod", "of then");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("nightly"));
    await("prod", "available");
    engine.rds.restoreDBClusterFromSnapshot(r ->
        r.dbClusterIdentifier("dev").snapshotIdentifier("nightly").engine("aurora-postgresql"));
    engine.createInstance("dev-1", "dev");
    await("dev-1");
    write("dev", "of dev");
    write("prod", "of today");

    assertThat(answer(200, "dev").resets())
        .containsExactly(new ResetReport("dev", "snapshot 'nightly'", null, null));

    assertThat(words("dev")).containsExactly("of then");
    engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("nightly"));
    TestEngine.await(
        "the end of the snapshot",
        () -> engine.rds.describeDBClusterSnapshots().dbClusterSnapshots().isEmpty());
    assertThat(refusal("dev"))
        .isEqualTo("Cannot reset cluster 'dev': what it was made from is gone.");
  }

  @Test
  void aPlainInstanceIsResetToo() {
    createPlain("own");
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.sourceDBInstanceIdentifier("own")
            .targetDBInstanceIdentifier("copy")
            .useLatestRestorableTime(true));
    await("copy");
    var before = engine.describeInstance("copy");
    var copy = host.storageAt(before.endpoint().address());
    host.words.put(copy, new CopyOnWriteArrayList<>(List.of("of the copy")));

    assertThat(answer(200, "copy").resets())
        .containsExactly(new ResetReport("copy", "instance 'own'", null, null));

    assertThat(host.words.get(copy)).isEmpty();
    assertThat(engine.describeInstance("copy").dbInstanceStatus()).isEqualTo("available");
    assertThat(engine.describeInstance("copy").endpoint()).isEqualTo(before.endpoint());
    assertThat(refusal("own"))
        .isEqualTo(
            "Cannot reset instance 'own': it was made empty, not from another one; delete it and create it again.");
  }

  @Test
  void nothingIsDeletedMeanwhile() {
    engine.cluster("prod");
    clone("dev", "prod");
    createPlain("own");
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.sourceDBInstanceIdentifier("own")
            .targetDBInstanceIdentifier("copy")
            .useLatestRestorableTime(true));
    await("copy");
    host.hold();
    var answer = CompletableFuture.supplyAsync(() -> answer(200, "dev", "copy"));
    await("dev", "backtracking");

    for (var id : List.of("dev-1", "copy")) {
      assertThatThrownBy(() ->
              engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true)))
          .isInstanceOf(RdsException.class)
          .hasMessageContaining("is backtracking. Wait until that is over.");
    }
    host.release();
    answer.join();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
  }

  private void createPlain(String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.small")
            .allocatedStorage(30)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    await(id);
  }

  @Test
  void whatIsProtectedFromDeletionIsProtectedFromThisToo() {
    engine.cluster("prod");
    clone("dev", "prod");
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("dev").deletionProtection(true));
    assertThat(refusal("dev")).contains("protected from deletion", "--no-deletion-protection");
  }

  @Test
  void aHistoryBeginsAnew() {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    host.history.remember(storage(dev));
    reset("dev");
    assertThat(host.history.since(storage(dev))).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(ask("[]").status()).isEqualTo(400);
    assertThat(ask("{\"clusters\": []}").body()).contains("at least one");
    assertThat(ask("dev").body()).contains("{\\\"clusters\\\": [\\\"dev\\\"]}");
  }
}
