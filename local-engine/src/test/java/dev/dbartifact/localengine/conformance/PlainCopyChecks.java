package dev.dbartifact.localengine.conformance;

import static dev.dbartifact.localengine.conformance.PlainChecks.of;
import static dev.dbartifact.localengine.conformance.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/// What AWS says of the snapshots of plain instances, and of restores. See "Backing up, restoring,
/// and exporting data" in the Amazon RDS User Guide.
final class PlainCopyChecks {

  static final List<Check> ALL =
      List.of(
          of("a snapshot is creating while its instance is backing-up", PlainCopyChecks::creating),
          of("a snapshot holds what was there then", PlainCopyChecks::then),
          of("a restored instance and its source go their own ways", PlainCopyChecks::isolation),
          of("a restored instance takes defaults for its settings", PlainCopyChecks::defaults),
          of("a restore to a time holds what was there at the time", PlainCopyChecks::toTime),
          of("a restore wants one time, and backups", PlainCopyChecks::oneTime),
          of("a final snapshot is there when its instance is gone", PlainCopyChecks::finalSnapshot),
          of("a deletion says what becomes of the data", PlainCopyChecks::deletion));

  private PlainCopyChecks() {}

  private static void creating(PlainInstances instances) {
    instances.running("shop");
    var created = instances.snapshot("before", "shop");
    assertThat(created.status()).isEqualTo("creating");
    assertThat(created.snapshotType()).isEqualTo("manual");
    instances.awaitSnapshot("before");
    instances.await("shop", "available");
    var before = instances.describeSnapshot("before");
    assertThat(before.percentProgress()).isEqualTo(100);
    assertThat(before.dbInstanceIdentifier()).isEqualTo(instances.name("shop"));
    assertThat(before.dbSnapshotArn()).endsWith(":snapshot:" + instances.name("before"));
  }

  private static void then(PlainInstances instances) throws Exception {
    instances.running("shop");
    instances.write("shop", "then");
    instances.taken("before", "shop");
    instances.write("shop", "later");
    assertThat(instances.restore("copy", "before").dbInstanceStatus()).isEqualTo("creating");
    instances.await("copy", "available");
    assertThat(instances.read("copy")).containsExactly("then");
  }

  private static void isolation(PlainInstances instances) throws Exception {
    instances.running("shop");
    instances.write("shop", "before");
    instances.restore("copy", "shop", r -> r.useLatestRestorableTime(true));
    instances.await("copy", "available");
    instances.write("copy", "by the copy");
    instances.write("shop", "by the source");
    assertThat(instances.read("copy")).containsExactly("before", "by the copy");
    assertThat(instances.read("shop")).containsExactly("before", "by the source");
    assertThat(instances.describe("copy").dbiResourceId())
        .isNotEqualTo(instances.describe("shop").dbiResourceId());
  }

  private static void defaults(PlainInstances instances) {
    instances.create(
        "shop",
        r ->
            r.deletionProtection(true)
                .copyTagsToSnapshot(true)
                .backupRetentionPeriod(9)
                .tags(Tag.builder().key("team").value("orders").build()));
    instances.await("shop", "available");
    instances.taken("before", "shop");
    assertThat(instances.describeSnapshot("before").tagList()).as("of the snapshot").hasSize(1);
    instances.restore("copy", "before");
    instances.await("copy", "available");
    var copy = instances.describe("copy");
    assertThat(copy.deletionProtection()).as("deletion protection").isFalse();
    assertThat(copy.copyTagsToSnapshot()).as("copy tags to snapshot").isFalse();
    assertThat(copy.tagList()).as("tags").isEmpty();
    assertThat(copy.masterUsername()).as("master user").isEqualTo("shop");
    assertThat(copy.dbInstanceClass()).as("class").isEqualTo("db.t4g.medium");
    assertThat(copy.allocatedStorage()).as("storage").isEqualTo(20);
  }

  /// Times before the first backup cannot be had, and no answer tells when that was.
  private static void toTime(PlainInstances instances) throws Exception {
    instances.running("shop");
    var words = new ArrayList<String>();
    var then = new ArrayList<List<String>>();
    instances.await(
        "a time that can be restored to",
        () -> {
          var word = "word " + words.size();
          instances.write("shop", word);
          words.add(word);
          then.add(List.copyOf(words));
          var time = passed(instances);
          instances.write("shop", "after " + word);
          words.add("after " + word);
          return isRestored(instances, time);
        });
    instances.await("copy", "available");
    assertThat(instances.read("copy")).isEqualTo(then.getLast());
  }

  /// A time after all that was written so far, and before all that will be.
  private static Instant passed(PlainInstances instances) {
    var time = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    instances.await(
        "the latest time",
        () -> {
          var latest = instances.describe("shop").latestRestorableTime();
          return latest != null && latest.isAfter(time);
        });
    return time;
  }

  private static boolean isRestored(PlainInstances instances, Instant time) {
    try {
      instances.restore("copy", "shop", r -> r.restoreTime(time));
      return true;
    } catch (RdsException e) {
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue");
      return false;
    }
  }

  private static void oneTime(PlainInstances instances) {
    instances.running("shop");
    refused("InvalidParameterCombination", 400, () -> instances.restore("copy", "shop", _ -> {}));
    refused(
        "InvalidParameterCombination",
        400,
        () ->
            instances.restore(
                "copy", "shop", r -> r.useLatestRestorableTime(true).restoreTime(Instant.now())));
    instances.create("without", r -> r.backupRetentionPeriod(0));
    instances.await("without", "available");
    refused(
        "PointInTimeRestoreNotEnabled",
        400,
        () -> instances.restore("copy", "without", r -> r.useLatestRestorableTime(true)));
  }

  private static void finalSnapshot(PlainInstances instances) throws Exception {
    instances.running("shop");
    instances.write("shop", "last words");
    instances.rds.deleteDBInstance(r ->
        r.dbInstanceIdentifier(instances.name("shop"))
            .finalDBSnapshotIdentifier(instances.name("last")));
    instances.awaitGone("shop");
    instances.awaitSnapshot("last");
    instances.restore("copy", "last");
    instances.await("copy", "available");
    assertThat(instances.read("copy")).containsExactly("last words");
  }

  private static void deletion(PlainInstances instances) {
    instances.running("shop");
    refused(
        "InvalidParameterCombination",
        400,
        () ->
            instances.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier(instances.name("shop")).skipFinalSnapshot(false)));
    refused(
        "InvalidParameterCombination",
        400,
        () ->
            instances.rds.deleteDBInstance(r ->
                r.dbInstanceIdentifier(instances.name("shop"))
                    .skipFinalSnapshot(true)
                    .finalDBSnapshotIdentifier(instances.name("last"))));
    assertThat(instances.describe("shop").dbInstanceStatus()).isEqualTo("available");
  }
}
