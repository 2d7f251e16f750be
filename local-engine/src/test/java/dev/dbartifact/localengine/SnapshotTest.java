package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterSnapshotStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.SnapshotQuotaExceededException;
import software.amazon.awssdk.services.rds.model.Tag;

class SnapshotTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  @TempDir Path memory;
  @TempDir Path cut;
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void thereAreNoneAtFirst() {
    engine.cluster("prod");
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()).isEmpty();
  }

  @Test
  void aSnapshotIsAVolumeAndTheClusterBacksUpMeanwhile() {
    engine.cluster("prod");
    engine.host.hold();

    assertThat(take("before").status()).isEqualTo("creating");
    assertThat(engine.describe("prod").status()).isEqualTo("backing-up");
    assertThatThrownBy(() -> take("another")).isInstanceOf(InvalidDbClusterStateException.class);

    engine.host.release();
    assertThat(await("before", "available").percentProgress()).isEqualTo(100);
    assertThat(engine.describe("prod").status()).isEqualTo("available");
    assertThat(engine.host.volumes.keySet())
        .filteredOn(id -> id.value().startsWith("snapshot-"))
        .hasSize(1);
  }

  @Test
  void aRestoreHasThePortOfTheOriginalAndDefaultsForTheRest() {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .databaseName("orders")
            .port(5444)
            .deletionProtection(true)
            .enableIAMDatabaseAuthentication(true)
            .tags(Tag.builder().key("team").value("orders").build()));
    engine.createInstance("prod-1", "prod");
    engine.awaitInstance("prod-1", each -> each.dbInstanceStatus().equals("available"));
    take("before");
    await("before", "available");

    restore("dev", "before");
    var dev = engine.await("dev", each -> each.status().equals("available"));

    assertThat(dev.port()).isEqualTo(5444);
    assertThat(dev.databaseName()).isEqualTo("orders");
    assertThat(dev.masterUsername()).isEqualTo("shop");
    assertThat(dev.cloneGroupId()).isNull();
    assertThat(dev.deletionProtection()).isFalse();
    assertThat(dev.iamDatabaseAuthenticationEnabled()).isFalse();
    assertThat(dev.tagList()).isEmpty();
    assertThat(engine.volume(dev).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
  }

  /// They are also among those of their owner.
  @Test
  void thoseThatAreSharedWithAllArePublic() {
    engine.cluster("prod");
    for (var name : List.of("private", "open")) {
      take(name);
      await(name, "available");
    }
    engine.rds.modifyDBClusterSnapshotAttribute(
        r -> r.dbClusterSnapshotIdentifier("open").attributeName("restore").valuesToAdd("all"));

    assertThat(named("public")).containsExactly("open");
    assertThat(named("manual")).containsExactlyInAnyOrder("open", "private");
    assertThat(named("shared")).isEmpty();
  }

  private List<String> named(String type) {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.snapshotType(type))
        .dbClusterSnapshots()
        .stream()
        .map(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .toList();
  }

  @Test
  void tagsGoAlongWhereTheClusterSaysSo() {
    engine.cluster("prod");
    var arn = engine.describe("prod").dbClusterArn();
    engine.rds.addTagsToResource(
        r -> r.resourceName(arn).tags(Tag.builder().key("team").value("orders").build()));

    take("without");
    await("without", "available");
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("prod").copyTagsToSnapshot(true));
    take("with");

    assertThat(await("without", "available").tagList()).isEmpty();
    assertThat(await("with", "available").tagList()).extracting(Tag::key).containsExactly("team");
  }

  @Test
  void aSnapshotOutlivesItsClusterAndACopyOutlivesItsSource() {
    engine.cluster("prod");
    take("before");
    await("before", "available");
    engine.rds.copyDBClusterSnapshot(r ->
        r.sourceDBClusterSnapshotIdentifier("before").targetDBClusterSnapshotIdentifier("kept"));
    await("kept", "available");
    delete("prod");
    engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("before"));
    awaitGone("before");

    restore("again", "kept");
    var again = engine.await("again", each -> each.status().equals("available"));
    assertThat(engine.volume(again).password()).isEqualTo(TestEngine.PASSWORD);
  }

  @Test
  void aFinalSnapshotIsMadeBeforeTheClusterGoes() {
    var prod = engine.cluster("prod");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));

    engine.awaitGone("prod");
    assertThat(find("last").status()).isEqualTo("available");
    assertThat(engine.volume(prod)).isNull();
  }

  @Test
  void aClusterStaysWhenItsFinalSnapshotFails() {
    engine.create("prod");
    var prod = engine.await("prod", each -> each.status().equals("available"));
    engine.host.failWith(new HostException.OutOfSpace("The pool is full"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));

    var kept = engine.await("prod", each -> each.status().equals("available"));
    assertThat(kept.statusInfos()).singleElement().satisfies(i -> assertThat(i.normal()).isFalse());
    assertThat(find("last").status()).isEqualTo("failed");
    assertThat(engine.volume(prod)).isNotNull();
  }

  @Test
  void aFinalSnapshotThatFailedIsNotInTheWayOfAnotherDeletion() {
    engine.create("prod");
    engine.await("prod", each -> each.status().equals("available"));
    engine.host.failWith(new HostException.OutOfSpace("The pool is full"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));
    TestEngine.await("the failure", () -> find("last").status().equals("failed"));
    engine.await("prod", each -> each.status().equals("available"));
    engine.host.failWith(null);

    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));

    engine.awaitGone("prod");
    assertThat(find("last").status()).isEqualTo("failed");
  }

  @Test
  void aClusterStaysWhenAPowerFailureMayTakeItsFinalSnapshot() {
    engine.create("prod");
    var prod = engine.await("prod", each -> each.status().equals("available"));
    engine.host.failHardeningWith(new HostException("Input/output error"));
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));

    var kept = engine.await("prod", each -> each.status().equals("available"));
    assertThat(kept.statusInfos())
        .singleElement()
        .satisfies(why ->
            assertThat(why.message())
                .isEqualTo("The cluster stays: its final snapshot may not be on the disk."));
    assertThat(engine.volume(prod)).isNotNull();
    assertThat(find("last").status()).isEqualTo("available");
  }

  @Test
  void anInterruptedFinalSnapshotIsFinishedBeforeTheClusterGoes() throws Exception {
    engine.cluster("prod");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.awaitInstanceGone("prod-1");
    engine.host.hold();
    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("prod").finalDBSnapshotIdentifier("last"));
    cutPower();
    var rest = new FakeDatabaseHost();
    rest.volumes.putAll(engine.host.volumes);
    engine.host.release();

    try (var again = TestEngine.start(cut, rest, Clock.systemUTC())) {
      again.awaitGone("prod");
      assertThat(again.rds.describeDBClusterSnapshots().dbClusterSnapshots())
          .singleElement()
          .satisfies(last -> assertThat(last.status()).isEqualTo("available"));
      assertThat(rest.volumes).hasSize(1);
    }
  }

  @Test
  void aSnapshotUnderWayIsNotToBeHad() {
    engine.cluster("prod");
    engine.host.hold();
    take("before");

    assertThatThrownBy(() -> restore("dev", "before"))
        .isInstanceOf(InvalidDbClusterSnapshotStateException.class);
    assertThatThrownBy(
            () -> engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("before")))
        .isInstanceOf(InvalidDbClusterSnapshotStateException.class);
    engine.host.release();
  }

  @Test
  void thereAreAtMostAHundred() {
    engine.cluster("prod");
    for (var number = 0; number < 100; number++) {
      var id = "s" + number;
      take(id);
      await(id, "available");
    }
    assertThatThrownBy(() -> take("more")).isInstanceOf(SnapshotQuotaExceededException.class);
  }

  private DBClusterSnapshot take(String id) {
    return engine
        .rds
        .createDBClusterSnapshot(r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier(id))
        .dbClusterSnapshot();
  }

  private void restore(String id, String snapshot) {
    engine.rds.restoreDBClusterFromSnapshot(
        r -> r.dbClusterIdentifier(id).snapshotIdentifier(snapshot).engine("aurora-postgresql"));
  }

  private void delete(String id) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id + "-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(id).skipFinalSnapshot(true));
    engine.awaitGone(id);
  }

  private DBClusterSnapshot find(String id) {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(id))
        .dbClusterSnapshots()
        .getFirst();
  }

  private DBClusterSnapshot await(String id, String status) {
    TestEngine.await("snapshot " + id, () -> find(id).status().equals(status));
    return find(id);
  }

  private void awaitGone(String id) {
    TestEngine.await(
        "the end of snapshot " + id,
        () -> {
          try {
            find(id);
            return false;
          } catch (DbClusterSnapshotNotFoundException e) {
            return true;
          }
        });
  }

  /// The memory as it is on the disk now.
  private void cutPower() throws Exception {
    PowerCut.copy(memory, cut);
  }
}
