package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// From the creation of a cluster and its instances to their end.
class ClusterLifeTest extends EngineFixture {

  @Test
  void nothingIsThereAtFirst() {
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(engine.rds.describeDBInstances().dbInstances()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.foo.large", "db.t2.micro", "db.t4g.micro", "r6g.large"})
  void anInstanceHasAClassThatIsOffered(String none) {
    engine.cluster("shop");

    assertThatThrownBy(() ->
            engine.rds.createDBInstance(r ->
                r.dbInstanceIdentifier("shop-2")
                    .dbClusterIdentifier("shop")
                    .dbInstanceClass(none)
                    .engine("aurora-postgresql")))
        .hasMessageContaining("Invalid DB Instance class: " + none);
    assertThatThrownBy(() ->
            engine.rds.modifyDBInstance(
                r -> r.dbInstanceIdentifier("shop-1").dbInstanceClass(none)))
        .hasMessageContaining("Invalid DB Instance class: " + none);
    assertThat(
            engine
                .rds
                .describeOrderableDBInstanceOptions(
                    r -> r.engine("aurora-postgresql").dbInstanceClass(none))
                .orderableDBInstanceOptions())
        .isEmpty();
  }

  @Test
  void aClusterHasAKeyOnlyWhereItIsEncrypted() {
    assertThatThrownBy(() ->
            engine.rds.createDBCluster(r ->
                r.dbClusterIdentifier("shop")
                    .engine("aurora-postgresql")
                    .masterUsername("shop")
                    .masterUserPassword(TestEngine.PASSWORD)
                    .storageEncrypted(false)
                    .kmsKeyId("alias/own")))
        .isInstanceOf(RdsException.class)
        .hasMessageContaining("You must enable StorageEncrypted when you specify KmsKeyId");
  }

  @Test
  void aClusterIsCreatingWhileItsVolumeIsMade() {
    host.hold();

    var created = engine.create("shop");
    assertThat(created.status()).isEqualTo("creating");
    assertThat(created.dbClusterResourceId()).matches("cluster-[A-Z2-7]{26}");
    assertThat(engine.describe("shop").status()).isEqualTo("creating");

    host.release();
    var made = engine.await("shop", cluster -> cluster.status().equals("available"));
    assertThat(engine.volume(made).password()).isEqualTo(TestEngine.PASSWORD);
    assertThat(engine.volume(made).listen()).isNull();
  }

  @Test
  void anInstanceIsTakenWhileTheClusterIsCreatingAndStartsTheServer() {
    host.hold();
    engine.create("shop");

    var created = engine.createInstance("shop-1", "shop");
    assertThat(created.dbInstanceStatus()).isEqualTo("creating");
    assertThat(created.endpoint()).isNull();

    host.release();
    var instance =
        engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
    var cluster = engine.describe("shop");
    assertThat(instance.endpoint().address()).isNotEqualTo(cluster.endpoint());
    assertThat(engine.volume(cluster).listen().toString())
        .isEqualTo(cluster.endpoint() + ":5432, " + instance.endpoint().address() + ":5432");
    assertThat(cluster.dbClusterMembers())
        .singleElement()
        .satisfies(member -> assertThat(member.isClusterWriter()).isTrue());
  }

  @Test
  void describingNeverWaitsForWork() {
    engine.cluster("prod");
    host.hold();
    engine.restore("dev", "prod");

    assertThat(engine.rds.describeDBClusters().dbClusters())
        .extracting(each -> each.dbClusterIdentifier() + " " + each.status())
        .containsExactly("dev creating", "prod available");
    host.release();
  }

  @Test
  void namesAreTakenOnce() {
    engine.create("shop");
    assertThatThrownBy(() -> engine.create("SHOP"))
        .isInstanceOf(DbClusterAlreadyExistsException.class);
  }

  @Test
  void aClusterGoesWhenItsInstancesGo() {
    var shop = engine.cluster("shop");
    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("non-deleting state");

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));

    engine.awaitGone("shop");
    engine.awaitInstanceGone("shop-1");
    assertThat(engine.volume(shop)).isNull();
  }

  @Test
  void aProtectedClusterStays() {
    engine.create("shop");
    engine.await("shop", each -> each.status().equals("available"));
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").deletionProtection(true));

    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true)))
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterCombination"))
        .hasMessageContaining("deletion protection");
  }
}
