package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;

/// What a server still writes when its instance goes, and when that is in vain.
class EndingTest {
  private TestEngine engine;
  private StorageId shop;

  @BeforeEach
  void start(@TempDir Path memory) throws Exception {
    engine = TestEngine.start(memory);
    shop = storage(engine.cluster("shop"));
  }

  @AfterEach
  void stop() {
    engine.host.release();
    engine.close();
  }

  private static StorageId storage(DBCluster cluster) {
    return new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  @Test
  void anInstanceIsGoneWhenItsServerTakesNoMoreSessions() {
    engine.host.writeOn();

    deleteInstance();

    engine.awaitInstanceGone("shop-1");
    assertThat(engine.host.written).isEmpty();
  }

  @Test
  void whatIsWrittenThenIsThereForTheNextInstance() {
    engine.host.writeOn();
    deleteInstance();
    engine.awaitInstanceGone("shop-1");
    engine.createInstance("shop-2", "shop");
    assertThat(engine.describeInstance("shop-2").dbInstanceStatus()).isEqualTo("creating");

    engine.host.release();

    engine.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("available"));
    assertThat(engine.host.written).containsExactly(shop);
  }

  @Test
  void nothingIsWrittenForAClusterThatIsThrownAway() {
    engine.host.writeOn();
    deleteInstance();

    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));

    engine.awaitGone("shop");
    assertThat(engine.host.written).isEmpty();
    assertThat(engine.host.volumes).doesNotContainKey(shop);
  }

  @Test
  void everythingIsWrittenForTheFinalSnapshot() {
    engine.host.writeOn();
    deleteInstance();

    engine.rds.deleteDBCluster(
        r -> r.dbClusterIdentifier("shop").finalDBSnapshotIdentifier("shop-last"));
    assertThat(engine.describe("shop").status()).isEqualTo("deleting");
    engine.host.release();

    engine.awaitGone("shop");
    assertThat(engine.host.written).containsExactly(shop);
  }

  @Test
  void everythingIsWrittenForACloneThatIsBeingMade() {
    engine.host.writeOn();
    deleteInstance();
    engine.awaitInstanceGone("shop-1");
    engine.createInstance("shop-2", "shop");
    engine.restore("dev", "shop");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-2").skipFinalSnapshot(true));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
    engine.host.release();

    engine.awaitGone("shop");
    engine.await("dev", each -> each.status().equals("available"));
    assertThat(engine.host.written).contains(shop);
  }

  @Test
  void aClusterStaysWhileItHasAnInstanceThatIsNotLeaving() {
    engine.host.writeOn();

    assertThatThrownBy(() ->
            engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true)))
        .isInstanceOf(InvalidDbClusterStateException.class);

    assertThat(engine.host.running(shop)).isTrue();
  }

  private void deleteInstance() {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1").skipFinalSnapshot(true));
  }
}
