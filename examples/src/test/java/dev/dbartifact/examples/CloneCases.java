package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Subnet;

/// Clones of the shop.
final class CloneCases {
  private CloneCases() {}

  static List<ConvergeCase> all() {
    return Stream.of(ofTheShop(), ofTestArtifacts()).flatMap(List::stream).toList();
  }

  private static List<ConvergeCase> ofTheShop() {
    return List.of(
        new ConvergeCase(
            "a clone holds the rows of its source and is apart from it",
            Repository.CLONE,
            Way.WRAPPER,
            List.of("--cluster_id", "dev-rows", "--owner", "jane"),
            "dev-rows",
            CloneCases::isACloneOfJane),
        new ConvergeCase(
            "nothing but a container engine is needed",
            Repository.CLONE,
            Way.CONTAINER,
            List.of("converge", "--mode", "clone", "--cluster-id", "dev-container"),
            "dev-container",
            ShopCopy::holdsTheRowsOfItsSource_andIsApartFromIt),
        new ConvergeCase(
            "any user, nothing to write to and no capabilities are enough",
            Repository.CLONE,
            Way.CONFINED_CONTAINER,
            List.of("--cluster_id", "dev-confined"),
            "dev-confined",
            ShopCopy::followsTheUserOfItsSource_withAPasswordOfItsOwn),
        new ConvergeCase(
            "a name is made of source, mode and owner",
            Repository.CLONE,
            Way.WRAPPER,
            List.of("--owner", "Jane.Doe_2"),
            "shop-prod-clone-jane-doe-2",
            copy -> assertThat(copy.tags()).containsEntry("db-artifact:owner", "Jane.Doe_2")));
  }

  private static void isACloneOfJane(ShopCopy copy) throws Exception {
    copy.holdsTheRowsOfItsSource_andIsApartFromIt();
    copy.followsTheUserOfItsSource_withAPasswordOfItsOwn();
    assertThat(copy.tags())
        .containsEntry("db-artifact:name", "shop-prod")
        .containsEntry("db-artifact:mode", "clone")
        .containsEntry("db-artifact:owner", "jane")
        .containsEntry("db-artifact:stage", "new")
        .containsKey("db-artifact:created-at");
    assertThat(copy.cluster().deletionProtection()).isFalse();
    assertThat(copy.instances())
        .extracting(DBInstance::dbInstanceClass)
        .containsExactly("db.r6g.large");
  }

  private static List<ConvergeCase> ofTestArtifacts() {
    return List.of(
        new ConvergeCase(
            "every setting is as the INI file says",
            Repository.testArtifact("settings"),
            Way.WRAPPER,
            List.of(),
            "dev-settings",
            CloneCases::hasTheSettings),
        new ConvergeCase(
            "a second instance reads what the first one writes",
            Repository.testArtifact("two-instances"),
            Way.WRAPPER,
            List.of("--cluster_id", "dev-pair"),
            "dev-pair",
            CloneCases::hasAReader),
        new ConvergeCase(
            "explicit subnets become a subnet group of its own",
            Repository.testArtifact("explicit-subnets"),
            Way.WRAPPER,
            List.of("--cluster_id", "dev-subnets"),
            "dev-subnets",
            CloneCases::hasASubnetGroupOfItsOwn));
  }

  private static void hasTheSettings(ShopCopy copy) throws Exception {
    DBCluster cluster = copy.cluster();
    assertThat(cluster.backupRetentionPeriod()).isEqualTo(9);
    assertThat(cluster.preferredBackupWindow()).isEqualTo("01:10-02:10");
    assertThat(cluster.preferredMaintenanceWindow()).isEqualTo("sun:04:00-sun:05:00");
    assertThat(cluster.deletionProtection()).isTrue();
    assertThat(cluster.copyTagsToSnapshot()).isTrue();
    assertThat(copy.tags())
        .containsEntry("team", "shop")
        .containsEntry("cost centre", "4711=x")
        .containsEntry("db-artifact:name", "everything");
    assertThat(copy.instances())
        .hasSize(1)
        .allSatisfy(instance -> {
          assertThat(instance.dbInstanceClass()).isEqualTo("db.t4g.medium");
          assertThat(instance.autoMinorVersionUpgrade()).isFalse();
          assertThat(instance.publiclyAccessible()).isFalse();
          assertThat(instance.tagList()).anyMatch(tag -> tag.key().equals("team"));
        });
    copy.holdsTheRowsOfItsSource_andIsApartFromIt();
  }

  private static void hasAReader(ShopCopy copy) throws Exception {
    copy.holdsTheRowsOfItsSource_andIsApartFromIt();
    copy.showsItsRowsAtTheReaderEndpoint_andRefusesToWriteThere();
  }

  private static void hasASubnetGroupOfItsOwn(ShopCopy copy) {
    assertThat(copy.cluster().dbSubnetGroup()).contains(copy.id());
    assertThat(copy.instances().getFirst().dbSubnetGroup().subnets())
        .extracting(Subnet::subnetIdentifier)
        .containsExactlyInAnyOrder("subnet-0a10000000000000a", "subnet-0a10000000000000b");
  }
}
