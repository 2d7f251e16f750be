package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.CloudwatchLogsExportConfiguration;
import software.amazon.awssdk.services.rds.model.SourceType;

/// What can be changed of a cluster, at once or later.
class ClusterChangeTest extends EngineFixture {

  @Test
  void aPasswordIsChangedAfterTheAnswerWhileTheClusterReadsAvailable() {
    engine.cluster("shop");
    host.hold();

    var modified =
        engine
            .rds
            .modifyDBCluster(
                request -> request.dbClusterIdentifier("shop").masterUserPassword("battery-staple"))
            .dbCluster();
    assertThat(modified.status()).isEqualTo("available");
    assertThat(modified.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(engine.volume(modified).password()).isEqualTo(TestEngine.PASSWORD);

    host.release();
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
  void aPasswordThatCannotBeChangedIsToldOf_andKeepsNoInstanceFromItsServer() {
    engine.cluster("prod");
    engine.restore("dev", "prod");
    engine.await("dev", each -> each.status().equals("available"));
    host.passwordFailure = "the server refused it";
    engine.rds.modifyDBCluster(
        request -> request.dbClusterIdentifier("dev").masterUserPassword("battery-staple"));

    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));

    assertThat(messages(SourceType.DB_CLUSTER, "dev"))
        .contains("Unable to reset your password. Error information: the server refused it.");
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
  void exportsThatAreAskedForLaterAreAddedToThoseThatWait() {
    engine.cluster("shop");
    exports(logs -> logs.enableLogTypes("postgresql"));
    exports(logs -> logs.enableLogTypes("iam-db-auth-error", "instance"));
    exports(logs -> logs.disableLogTypes("instance"));
    assertThat(
            engine
                .describe("shop")
                .pendingModifiedValues()
                .pendingCloudwatchLogsExports()
                .logTypesToEnable())
        .containsExactlyInAnyOrder("postgresql", "iam-db-auth-error");

    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").applyImmediately(true));

    assertThat(engine.describe("shop").enabledCloudwatchLogsExports())
        .containsExactly("iam-db-auth-error", "postgresql");
  }

  private void exports(Consumer<CloudwatchLogsExportConfiguration.Builder> change) {
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").cloudwatchLogsExportConfiguration(change));
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
}
