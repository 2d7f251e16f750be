package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Readers that take over from their writer.
class FailoverTest extends ReaderFixture {

  @Test
  void theWriterMovesToTheNamedReader() {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    addReader("shop-3");

    var answer =
        engine.rds.failoverDBCluster(
            r -> r.dbClusterIdentifier("shop").targetDBInstanceIdentifier("shop-3"));

    assertThat(answer.dbCluster().status()).isEqualTo("available");
    engine.await("shop", each -> each.status().equals("available"));
    assertThat(members()).containsExactly("shop-3 writes", "shop-1 reads", "shop-2 reads");
    assertThat(engine.volume(shop).listen().toString())
        .isEqualTo("%s:5432, %s:5432".formatted(shop.endpoint(), address("shop-3")));
    assertThat(host.followed)
        .containsOnlyKeys(
            volume(engine.describeInstance("shop-1")), volume(engine.describeInstance("shop-2")));
    assertThat(host.volumes).doesNotContainKey(volume(engine.describeInstance("shop-3")));
    assertThat(messages(SourceType.DB_CLUSTER, "shop"))
        .containsSubsequence("Completed failover to DB instance: shop-3");
    assertThat(messages(SourceType.DB_CLUSTER, "shop"))
        .anyMatch(each -> each.matches("Started (same|cross) AZ failover to DB instance: shop-3"));
  }

  @Test
  void aWriterGoesOnWhoseSuccessorCannotStart() {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    host.failNextStartWith(new HostException("out of memory"));

    failOver();

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(engine.volume(shop).listen().toString()).contains(address("shop-1"));
    awaitAvailable("shop-2");
    assertThat(host.followed).hasSize(1);
    assertThat(messages(SourceType.DB_CLUSTER, "shop"))
        .contains("Promoting previous primary again: shop-1");
  }

  @Test
  void theLowestTierTakesOver_thenTheLargest() {
    engine.cluster("shop");
    addReader("shop-2");
    addReader("shop-3", "db.r6g.2xlarge");
    failOver();
    assertThat(members().getFirst()).isEqualTo("shop-3 writes");

    engine.rds.modifyDBInstance(r -> r.dbInstanceIdentifier("shop-1").promotionTier(0));
    failOver();
    assertThat(members().getFirst()).isEqualTo("shop-1 writes");
  }

  @Test
  void whatCannotTakeOverIsRefused() {
    engine.cluster("shop");
    assertThatThrownBy(this::failOver).isInstanceOf(InvalidDbClusterStateException.class);
    assertThatThrownBy(() -> failOverTo("shop-1"))
        .isInstanceOf(InvalidDbClusterStateException.class);
    addReader("shop-2");
    assertThatThrownBy(() -> failOverTo("shop-1"))
        .isInstanceOf(InvalidDbInstanceStateException.class)
        .hasMessageContaining("is the writer");
    assertThatThrownBy(() -> failOverTo("nobody")).hasMessageContaining("does not exist");
    engine.cluster("other");
    assertThatThrownBy(() -> failOverTo("other-1"))
        .isInstanceOf(InvalidDbInstanceStateException.class)
        .hasMessageContaining("not a member");
    host.hold();
    engine.createInstance("shop-3", "shop");
    assertThatThrownBy(() -> failOverTo("shop-3"))
        .isInstanceOf(InvalidDbInstanceStateException.class);
    host.release();
  }

  @Test
  void aReaderTakesOverFromAWriterThatIsDeleted() {
    var shop = engine.cluster("shop");
    addReader("shop-2");

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstanceGone("shop-1");

    assertThat(members()).containsExactly("shop-2 writes");
    assertThat(host.volumes).containsOnlyKeys(volume("shop"));
    assertThat(engine.volume(shop).listen()).isNotNull();
  }

  @Test
  void aReaderTakesOverFromADeletedWriterAlsoWhereItCannotEndInPeace() {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    host.failNextUnfollowWith(new HostException("replication slot \"reader_db\" is active"));

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstanceGone("shop-1");

    assertThat(members()).containsExactly("shop-2 writes");
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).containsOnlyKeys(volume("shop"));
    assertThat(engine.volume(shop).listen().toString()).contains(address("shop-2"));
    assertThat(messages(SourceType.DB_CLUSTER, "shop"))
        .contains("Completed failover to DB instance: shop-2");
  }
}
