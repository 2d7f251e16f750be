package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

/// Snapshots of instances that are no members of clusters, and restores from them.
class PlainSnapshotTest extends PlainInstanceFixture {

  @Test
  void aSnapshotHoldsWhatWasThereThen() {
    made("own");
    write("own", "then");
    snapshot("before", "own");
    write("own", "later");

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.targetDBInstanceIdentifier("latest")
            .sourceDBInstanceIdentifier("own")
            .useLatestRestorableTime(true));

    assertThat(words(until("copy", "available"))).containsExactly("then");
    assertThat(words(until("latest", "available"))).containsExactly("then", "later");
    assertThat(volume(engine.describeInstance("copy")).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(volume(engine.describeInstance("latest")).madeBy())
        .isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(messages("copy"))
        .containsExactlyInAnyOrder("Restored from snapshot before", "DB instance created");
  }

  /// Unlike those of clusters, which have at most 63 characters.
  @Test
  void itsNameHasUpTo255Characters() {
    made("own");
    var longest = "s".repeat(255);
    snapshot(longest, "own");

    assertThat(engine.rds.describeDBSnapshots(r -> r.dbSnapshotIdentifier(longest)).dbSnapshots())
        .hasSize(1);
    assertThatThrownBy(() -> snapshot(longest + "s", "own"))
        .hasMessageContaining("longer than 255 characters");
  }

  /// They are also among those of their owner.
  @Test
  void thoseThatAreSharedWithAllArePublic() {
    made("own");
    snapshot("private", "own");
    snapshot("open", "own");
    engine.rds.modifyDBSnapshotAttribute(
        r -> r.dbSnapshotIdentifier("open").attributeName("restore").valuesToAdd("all"));

    assertThat(named("public")).containsExactly("open");
    assertThat(named("manual")).containsExactlyInAnyOrder("open", "private");
    assertThat(named("shared")).isEmpty();
  }

  private List<String> named(String type) {
    return engine.rds.describeDBSnapshots(r -> r.snapshotType(type)).dbSnapshots().stream()
        .map(DBSnapshot::dbSnapshotIdentifier)
        .toList();
  }

  @Test
  void filtersTakeNamesInAnyCase_andArns() {
    var instance = made("own");
    snapshot("before", "own");
    var arn = filtered("db-snapshot-id", "before").getFirst().dbSnapshotArn();

    for (var name : List.of("own", "Own", instance.dbInstanceArn())) {
      assertThat(filtered("db-instance-id", name)).as(name).hasSize(1);
    }
    for (var name : List.of("before", "Before", arn)) {
      assertThat(filtered("db-snapshot-id", name)).as(name).hasSize(1);
    }
    assertThat(filtered("snapshot-type", "Manual")).as("no name").isEmpty();
  }

  @Test
  void eventsAreAskedForByNamesInAnyCase() {
    made("Own");
    snapshot("Before", "own");
    assertThat(messages("OWN")).isEqualTo(messages("own")).contains("DB instance created");
    assertThat(messages(SourceType.DB_SNAPSHOT, "Before")).contains("Manual snapshot created");
  }

  private List<DBSnapshot> filtered(String filter, String value) {
    return engine
        .rds
        .describeDBSnapshots(r -> r.filters(Filter.builder().name(filter).values(value).build()))
        .dbSnapshots();
  }

  private void write(String instance, String word) {
    host.words
        .computeIfAbsent(
            storage(engine.describeInstance(instance)),
            _ -> new java.util.concurrent.CopyOnWriteArrayList<>())
        .add(word);
  }

  private List<String> words(DBInstance instance) {
    return host.words.get(storage(instance));
  }

  @Test
  void aRestoreTakesDefaultsAndNotTheSourcesSettings() {
    create(
        "own",
        request ->
            request
                .deletionProtection(true)
                .multiAZ(true)
                .port(5999)
                .backupRetentionPeriod(9)
                .copyTagsToSnapshot(true)
                .tags(Tag.builder().key("team").value("orders").build()));
    until("own", "available");
    snapshot("before", "own");
    assertThat(describeSnapshot("before").tagList()).hasSize(1);

    var copy =
        engine
            .rds
            .restoreDBInstanceFromDBSnapshot(
                r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"))
            .dbInstance();

    assertThat(copy.deletionProtection()).isFalse();
    assertThat(copy.multiAZ()).isFalse();
    assertThat(copy.copyTagsToSnapshot()).isFalse();
    assertThat(copy.tagList()).isEmpty();
    assertThat(copy.backupRetentionPeriod()).isEqualTo(9);
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.micro");
    assertThat(until("copy", "available").endpoint().port()).isEqualTo(5999);
  }

  @Test
  void aRestoreThatFailsSaysSo() {
    made("own");
    snapshot("before", "own");
    host.failWith(new HostException("the disk is full"));
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));

    var failed = until("copy", "restore-error");
    assertThat(failed.statusInfos().getFirst().message()).contains("the disk is full");
    host.failWith(null);
    refused(
        InvalidDbInstanceStateException.class,
        "SkipFinalSnapshot",
        () ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("copy").finalDBSnapshotIdentifier("last")));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("copy").skipFinalSnapshot(true));
    engine.awaitInstanceGone("copy");
  }

  @Test
  void aDeletedInstanceLeavesItsSnapshotsAndNothingElse() {
    made("own");
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    engine.awaitInstanceGone("own");

    assertThat(describeSnapshot("last").status()).isEqualTo("available");
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()).isEmpty();
    assertThat(host.volumes).hasSize(1);
    engine.rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier("last"));
    TestEngine.await("the end of the snapshot", host.volumes::isEmpty);
  }

  @Test
  void anInstanceWhoseFinalSnapshotFailsStays() {
    made("own");
    host.failWith(new HostException("the disk is full"));
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    TestEngine.await("the failure", () -> describeSnapshot("last").status().equals("failed"));
    host.failWith(null);

    var kept = until("own", "available");
    assertThat(kept.statusInfos().getFirst().message()).contains("its final snapshot failed");
    assertThat(volume(kept)).isNotNull();

    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last-2"));
    engine.awaitInstanceGone("own");
    assertThat(describeSnapshot("last-2").status()).isEqualTo("available");
  }
}
