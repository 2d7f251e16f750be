package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Tag;

/// What people do to a copy of the artifact `settings`.
final class DriftCases {
  private DriftCases() {}

  static List<DriftCase> all() {
    return List.of(
        protectionTakenAway(),
        otherBackups(),
        otherTags(),
        sealGone(),
        otherInstanceClass(),
        instanceDeleted());
  }

  private static DriftCase protectionTakenAway() {
    return new DriftCase(
        "deletion protection taken away",
        (copy, rds) ->
            rds.modifyDBCluster(wish ->
                wish.dbClusterIdentifier(copy.id())
                    .deletionProtection(false)
                    .applyImmediately(true)),
        List.of(),
        copy -> assertThat(copy.cluster().deletionProtection()).isTrue());
  }

  private static DriftCase otherBackups() {
    return new DriftCase(
        "fewer backups and another window",
        (copy, rds) ->
            rds.modifyDBCluster(wish ->
                wish.dbClusterIdentifier(copy.id())
                    .backupRetentionPeriod(2)
                    .preferredMaintenanceWindow("mon:05:00-mon:06:00")
                    .applyImmediately(true)),
        List.of(),
        copy -> {
          assertThat(copy.cluster().backupRetentionPeriod()).isEqualTo(9);
          assertThat(copy.cluster().preferredMaintenanceWindow()).isEqualTo("sun:04:00-sun:05:00");
        });
  }

  private static DriftCase otherTags() {
    return new DriftCase(
        "a tag with another value, and one that is gone",
        DriftCases::retag,
        List.of(),
        copy ->
            assertThat(copy.tags())
                .containsEntry("team", "shop")
                .containsEntry("cost centre", "4711=x"));
  }

  private static DriftCase sealGone() {
    return new DriftCase(
        "the seal gone",
        (copy, rds) ->
            rds.removeTagsFromResource(
                wish -> wish.resourceName(arn(copy)).tagKeys("db-artifact:seal")),
        List.of(),
        ShopCopy::isSealed);
  }

  private static DriftCase otherInstanceClass() {
    return new DriftCase(
        "another instance class, which a user has to allow",
        (copy, rds) -> {
          rds.modifyDBInstance(wish ->
              wish.dbInstanceIdentifier(instance(copy))
                  .dbInstanceClass("db.r6g.large")
                  .applyImmediately(true));
          Await.until(
              "the instance class",
              () -> copy.instances().getFirst().dbInstanceClass().equals("db.r6g.large"));
        },
        List.of("--allow", "restarts"),
        copy ->
            assertThat(copy.instances())
                .extracting(DBInstance::dbInstanceClass)
                .containsExactly("db.t4g.medium"));
  }

  private static DriftCase instanceDeleted() {
    return new DriftCase(
        "the instance deleted",
        (copy, rds) -> {
          String instance = instance(copy);
          rds.deleteDBInstance(wish -> wish.dbInstanceIdentifier(instance).skipFinalSnapshot(true));
          Await.until("the end of " + instance, () -> copy.cluster().dbClusterMembers().isEmpty());
        },
        List.of(),
        copy -> {
          assertThat(copy.instances()).hasSize(1);
          copy.holdsTheRowsOfItsSource_andIsApartFromIt();
        });
  }

  private static void retag(ShopCopy copy, RdsClient rds) {
    rds.addTagsToResource(wish ->
        wish.resourceName(arn(copy)).tags(Tag.builder().key("team").value("theirs").build()));
    rds.removeTagsFromResource(wish -> wish.resourceName(arn(copy)).tagKeys("cost centre"));
  }

  private static String arn(ShopCopy copy) {
    return copy.cluster().dbClusterArn();
  }

  private static String instance(ShopCopy copy) {
    return copy.instances().getFirst().dbInstanceIdentifier();
  }
}
