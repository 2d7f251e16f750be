package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

class ClusterLifeTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.storage.ClusterWork");

  private TestEngine engine;

  @BeforeEach
  void start(@TempDir Path memory) throws Exception {
    engine = TestEngine.start(memory);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void nothingIsThereAtFirst() {
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(engine.rds.describeDBInstances().dbInstances()).isEmpty();
  }

  @Test
  void aClusterIsCreatingWhileItsVolumeIsMade() {
    engine.host.hold();

    var created = engine.create("shop");
    assertThat(created.status()).isEqualTo("creating");
    assertThat(created.dbClusterResourceId()).matches("cluster-[A-Z2-7]{26}");
    assertThat(engine.describe("shop").status()).isEqualTo("creating");

    engine.host.release();
    var made = engine.await("shop", cluster -> cluster.status().equals("available"));
    assertThat(engine.volume(made).password()).isEqualTo(TestEngine.PASSWORD);
    assertThat(engine.volume(made).listen()).isNull();
  }

  @Test
  void anInstanceIsTakenWhileTheClusterIsCreatingAndStartsTheServer() {
    engine.host.hold();
    engine.create("shop");

    var created = engine.createInstance("shop-1", "shop");
    assertThat(created.dbInstanceStatus()).isEqualTo("creating");
    assertThat(created.endpoint()).isNull();

    engine.host.release();
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
  void aCloneTakesItsDataFromTheSourceAndDefaultsForTheRest() {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion("15.4")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .databaseName("orders")
            .backupRetentionPeriod(7)
            .port(5444)
            .deletionProtection(true)
            .copyTagsToSnapshot(true)
            .enableIAMDatabaseAuthentication(true)
            .storageType("aurora-iopt1")
            .vpcSecurityGroupIds("sg-0123456789abcdef0")
            .enableCloudwatchLogsExports("postgresql")
            .tags(Tag.builder().key("team").value("orders").build()));
    engine.createInstance("prod-1", "prod");
    var prod = engine.await("prod", each -> each.status().equals("available"));

    engine.restore("dev", "prod");
    var dev = engine.await("dev", each -> each.status().equals("available"));

    assertThat(engine.volume(dev).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
    assertThat(dev.engineVersion()).isEqualTo("15.4").isEqualTo(prod.engineVersion());
    assertThat(dev.masterUsername()).isEqualTo("shop");
    assertThat(dev.databaseName()).isEqualTo("orders");
    assertThat(dev.backupRetentionPeriod()).isEqualTo(7);
    assertThat(dev.cloneGroupId()).isNotNull().isEqualTo(engine.describe("prod").cloneGroupId());

    assertThat(dev.port()).isEqualTo(5432);
    assertThat(dev.deletionProtection()).isFalse();
    assertThat(dev.copyTagsToSnapshot()).isFalse();
    assertThat(dev.iamDatabaseAuthenticationEnabled()).isFalse();
    assertThat(dev.storageType()).isNull();
    assertThat(dev.vpcSecurityGroups())
        .singleElement()
        .satisfies(
            group -> assertThat(group.vpcSecurityGroupId()).isEqualTo("sg-0a100000000000001"));
    assertThat(dev.enabledCloudwatchLogsExports()).isEmpty();
    assertThat(dev.tagList()).isEmpty();
    assertThat(dev.dbClusterMembers()).isEmpty();
    assertThat(dev.endpoint()).isNotEqualTo(prod.endpoint());
  }

  @Test
  void aCloneNeedsAnAvailableSourceWithAnInstance() {
    engine.host.hold();
    engine.create("prod");
    assertThatThrownBy(() -> engine.restore("dev", "prod"))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("creating");

    engine.host.release();
    engine.await("prod", each -> each.status().equals("available"));
    assertThatThrownBy(() -> engine.restore("dev", "prod"))
        .isInstanceOf(InvalidDbClusterStateException.class)
        .hasMessageContaining("no DB instances");
    assertThatThrownBy(() -> engine.restore("dev", "nope"))
        .isInstanceOf(DbClusterNotFoundException.class);
  }

  @Test
  void aFailedCloneSaysSoAndCanBeDeleted() {
    engine.cluster("prod");
    engine.host.failWith(new HostException.OutOfSpace("The pool is full"));

    engine.restore("dev", "prod");
    var dev = engine.await("dev", each -> each.status().equals("cloning-failed"));
    assertThat(dev.statusInfos())
        .singleElement()
        .satisfies(why -> assertThat(why.message()).isEqualTo("The pool is full"));

    engine.host.failWith(null);
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
  }

  @Test
  void aPasswordIsChangedAfterTheAnswerWhileTheClusterReadsAvailable() {
    engine.cluster("shop");
    engine.host.hold();

    var modified =
        engine
            .rds
            .modifyDBCluster(
                request -> request.dbClusterIdentifier("shop").masterUserPassword("battery-staple"))
            .dbCluster();
    assertThat(modified.status()).isEqualTo("available");
    assertThat(modified.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(engine.volume(modified).password()).isEqualTo(TestEngine.PASSWORD);

    engine.host.release();
    var after = engine.await("shop", each -> each.pendingModifiedValues() == null);
    assertThat(engine.volume(after).password()).isEqualTo("battery-staple");
  }

  @Test
  void aPasswordChangedBeforeThereIsAnInstanceHoldsWhenTheInstanceIsAvailable() {
    engine.cluster("prod");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("available"));

    engine.rds.modifyDBCluster(
        request -> request.dbClusterIdentifier("dev").masterUserPassword("battery-staple"));
    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));

    assertThat(engine.volume(engine.describe("dev")).password()).isEqualTo("battery-staple");
  }

  @Test
  void aPasswordOfAClusterWithoutInstancesIsChangedToo() {
    engine.cluster("prod");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("available"));

    engine.rds.modifyDBCluster(
        request -> request.dbClusterIdentifier("dev").masterUserPassword("battery-staple"));
    var after = engine.await("dev", each -> each.pendingModifiedValues() == null);

    assertThat(engine.volume(after).password()).isEqualTo("battery-staple");
    assertThat(engine.volume(after).listen()).isNull();
  }

  @Test
  void aModificationThatIsNotImmediateIsPending() {
    engine.cluster("shop");

    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").backupRetentionPeriod(9));
    var waiting = engine.describe("shop");
    assertThat(waiting.backupRetentionPeriod()).isEqualTo(1);
    assertThat(waiting.pendingModifiedValues().backupRetentionPeriod()).isEqualTo(9);

    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").applyImmediately(true));
    var applied = engine.describe("shop");
    assertThat(applied.backupRetentionPeriod()).isEqualTo(9);
    assertThat(applied.pendingModifiedValues()).isNull();
  }

  @Test
  void aModificationToWhatIsThereChangesNothing() {
    var before = engine.cluster("shop");

    engine.rds.modifyDBCluster(request ->
        request
            .dbClusterIdentifier("shop")
            .backupRetentionPeriod(before.backupRetentionPeriod())
            .preferredBackupWindow(before.preferredBackupWindow())
            .deletionProtection(false));

    assertThat(engine.describe("shop").copy(TestEngine::withoutTimes))
        .isEqualTo(before.copy(TestEngine::withoutTimes));
  }

  @Test
  void aNewPortMovesTheServer() {
    engine.cluster("shop");

    engine.rds.modifyDBCluster(
        request -> request.dbClusterIdentifier("shop").port(5999).applyImmediately(true));

    engine.awaitInstance(
        "shop-1",
        each -> each.dbInstanceStatus().equals("available") && each.endpoint().port().equals(5999));
    assertThat(engine.volume(engine.describe("shop")).listen().port()).isEqualTo(5999);
  }

  @Test
  void aClusterCanBeRenamed() {
    var before = engine.cluster("shop");

    engine.rds.modifyDBCluster(request ->
        request
            .dbClusterIdentifier("shop")
            .newDBClusterIdentifier("market")
            .applyImmediately(true));

    var after = engine.describe("market");
    assertThat(after.dbClusterArn()).endsWith(":cluster:market");
    assertThat(after.dbClusterResourceId()).isEqualTo(before.dbClusterResourceId());
    assertThat(engine.describeInstance("shop-1").dbClusterIdentifier()).isEqualTo("market");
    engine.awaitGone("shop");
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
  void theSourceMayGoBeforeItsClone() {
    engine.cluster("prod");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("available"));

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("prod").skipFinalSnapshot(true));
    engine.awaitGone("prod");

    assertThat(engine.volume(engine.describe("dev"))).isNotNull();
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

  @Test
  void namesAreTakenOnce() {
    engine.create("shop");
    assertThatThrownBy(() -> engine.create("SHOP"))
        .isInstanceOf(DbClusterAlreadyExistsException.class);
  }

  @Test
  void describingNeverWaitsForWork() {
    engine.cluster("prod");
    engine.host.hold();
    engine.restore("dev", "prod");

    assertThat(engine.rds.describeDBClusters().dbClusters())
        .extracting(each -> each.dbClusterIdentifier() + " " + each.status())
        .containsExactly("dev creating", "prod available");
    engine.host.release();
  }
}
