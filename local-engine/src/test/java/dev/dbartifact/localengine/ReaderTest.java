package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.InstanceQuotaExceededException;

/// Further instances of clusters, which follow the writer.
class ReaderTest extends ReaderFixture {

  @Test
  void aClusterWithOneInstanceHasAWriterOnly() {
    var shop = engine.cluster("shop");

    assertThat(members()).containsExactly("shop-1 writes");
    assertThat(shop.readerEndpoint()).isNotEqualTo(shop.endpoint());
    assertThat(host.followed).isEmpty();
  }

  @Test
  void aFurtherInstanceFollowsTheFirst() {
    var shop = engine.cluster("shop");
    var reader = addReader("shop-2");

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(host.followed).containsExactly(Map.entry(volume(reader), volume("shop")));
    assertThat(host.volumes.get(volume(reader)).listen().toString())
        .isEqualTo(reader.endpoint().address() + ":5432");
    assertThat(
            List.of(shop.endpoint(), shop.readerEndpoint(), address("shop-1"), address("shop-2")))
        .doesNotHaveDuplicates();
    assertThat(engine.volume(shop).listen().toString())
        .isEqualTo("%s:5432, %s:5432".formatted(shop.endpoint(), address("shop-1")));
  }

  @Test
  void aReaderCanBeAskedForBeforeTheWriterIsThere() {
    host.hold();
    engine.create("shop");
    engine.createInstance("shop-1", "shop");
    engine.createInstance("shop-2", "shop");
    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    host.release();

    awaitAvailable("shop-1");
    awaitAvailable("shop-2");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void aReaderThatCannotBeMadeFails_andTheWriterGoesOn() {
    engine.cluster("shop");
    host.failStartsWith(new HostException("No space left on device"));
    engine.createInstance("shop-2", "shop");

    var failed = engine.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("failed"));
    assertThat(failed.statusInfos().getFirst().message()).contains("No space left");
    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void aDeletedReaderLeavesNothing() {
    engine.cluster("shop");
    addReader("shop-2");

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-2"));
    engine.awaitInstanceGone("shop-2");

    assertThat(members()).containsExactly("shop-1 writes");
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).containsOnlyKeys(volume("shop"));
  }

  @Test
  void allCanBeDeletedAtOnce() {
    engine.cluster("shop");
    addReader("shop-2");
    host.hold();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-2"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
    host.release();

    engine.awaitGone("shop");
    assertThat(host.volumes).isEmpty();
    assertThat(engine.rds.describeDBInstances().dbInstances()).isEmpty();
  }

  @Test
  void aReaderThatGoesAfterItsWriterLeavesNothing() {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    host.hold();
    // So that both are on their way out before the first one goes.
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-2"));
    host.release();
    engine.awaitInstanceGone("shop-1");
    engine.awaitInstanceGone("shop-2");

    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).containsOnlyKeys(volume("shop"));
    assertThat(engine.volume(shop).listen()).isNull();
  }

  @Test
  void aStoppedClusterHasNoReadersUntilItIsStarted() {
    engine.cluster("shop");
    addReader("shop-2");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("stopped"));
    assertThat(host.volumes).containsOnlyKeys(volume("shop"));
    assertThat(engine.describeInstance("shop-2").dbInstanceStatus()).isEqualTo("stopped");

    engine.rds.startDBCluster(r -> r.dbClusterIdentifier("shop"));
    awaitAvailable("shop-1");
    awaitAvailable("shop-2");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void aNewPortIsThatOfAllServers() {
    engine.cluster("shop");
    var reader = addReader("shop-2");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").port(5999).applyImmediately(true));

    engine.awaitInstance(
        "shop-2", each -> each.endpoint().port().equals(5999) && isAvailable(each));
    assertThat(host.volumes.get(volume(reader)).listen().port()).isEqualTo(5999);
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void readersComeBackWhenTheEngineStartsAgain() throws Exception {
    engine.cluster("shop");
    addReader("shop-2");
    failOver();
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    awaitAvailable("shop-1");
    awaitAvailable("shop-2");
    assertThat(members()).containsExactly("shop-2 writes", "shop-1 reads");
    assertThat(host.aside).isEmpty();
    assertThat(host.followed).containsOnlyKeys(volume(engine.describeInstance("shop-1")));
  }

  @Test
  void theServersOfAllClustersAreCounted(@TempDir Path small) throws Exception {
    try (var one = TestEngine.start(TestEngine.options(small, 2))) {
      one.cluster("shop");
      one.createInstance("shop-2", "shop");
      assertThatThrownBy(() -> one.createInstance("shop-3", "shop"))
          .isInstanceOf(InstanceQuotaExceededException.class);
    }
  }
}
