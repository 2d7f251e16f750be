package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DbClusterRoleQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;

class ClusterPowerTest {

  @TempDir Path memory;
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
  void aStoppedClusterHasNoServerUntilItIsStarted() {
    engine.cluster("shop");
    engine.host.hold();
    var answer = engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop")).dbCluster();
    assertThat(answer.status()).isEqualTo("available");
    assertThat(engine.describe("shop").status()).isEqualTo("stopping");
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("stopping");
    engine.host.release();

    var stopped = engine.await("shop", each -> each.status().equals("stopped"));
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("stopped");
    assertThat(engine.volume(stopped).listen()).isNull();

    assertThat(engine.rds.startDBCluster(r -> r.dbClusterIdentifier("shop")).dbCluster().status())
        .isEqualTo("stopped");
    engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));
    var started = engine.await("shop", each -> each.status().equals("available"));
    assertThat(engine.volume(started).listen()).isNotNull();
  }

  @Test
  void whatIsStoppedStaysStoppedWhenTheEngineStartsAgain() throws Exception {
    var host = new FakeDatabaseHost();
    engine.close();
    engine = TestEngine.start(memory, host, Clock.systemUTC());
    engine.cluster("shop");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("stopped"));
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    engine.cluster("another");
    assertThat(engine.describe("shop").status()).isEqualTo("stopped");
    assertThat(engine.volume(engine.describe("shop")).listen()).isNull();
  }

  @Test
  void aStoppedClusterIsNeitherModifiedNorDeletedNorCloned() {
    engine.cluster("shop");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("stopped"));

    assertThatThrownBy(() ->
            engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("shop").backupRetentionPeriod(3)))
        .isInstanceOf(InvalidDbClusterStateException.class);
    assertThatThrownBy(() -> engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1")))
        .isInstanceOf(InvalidDbClusterStateException.class);
    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class);
    assertThatThrownBy(() -> engine.restore("dev", "shop"))
        .isInstanceOf(InvalidDbClusterStateException.class);
  }

  @Test
  void aRoleIsPendingAtFirst() {
    engine.cluster("shop");
    engine.host.hold();
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").masterUserPassword("battery-staple"));
    addRole("in", "s3Import");
    assertThat(engine.describe("shop").associatedRoles())
        .singleElement()
        .satisfies(role -> assertThat(role.status()).isEqualTo("PENDING"));

    engine.host.release();
    engine.await("shop", each -> each.associatedRoles().getFirst().status().equals("ACTIVE"));
  }

  @Test
  void fiveRolesAreTheMost() {
    engine.cluster("shop");
    addRole("a", "s3Import");
    addRole("b", "s3Export");
    addRole("c", "Lambda");
    addRole("d", "SageMaker");
    addRole("e", "Comprehend");
    assertThatThrownBy(() -> addRole("f", "Bedrock"))
        .isInstanceOf(DbClusterRoleQuotaExceededException.class);
  }

  private void addRole(String name, String feature) {
    engine.rds.addRoleToDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .roleArn("arn:aws:iam::000000000000:role/" + name)
            .featureName(feature));
  }
}
