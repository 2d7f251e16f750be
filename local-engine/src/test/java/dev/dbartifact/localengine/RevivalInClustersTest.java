package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Servers of a cluster with readers that end by themselves.
class RevivalInClustersTest extends RevivalFixture {

  @Test
  void aReaderTakesOverFromAWriter() {
    var shop = engine.cluster("shop");
    addReader("shop-2");

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);
    engine.await("shop", each -> each.status().equals("available"));

    assertThat(members()).containsExactly("shop-2 writes", "shop-1 reads");
    assertThat(engine.volume(shop).listen().toString()).contains(address("shop-2"));
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-1"));
    assertThat(host.volumes).containsOnlyKeys(volume("shop"), readerVolume("shop-1"));
    assertThat(clusterMessages())
        .anyMatch(each -> each.matches("Started (same|cross) AZ failover to DB instance: shop-2"))
        .endsWith("Completed failover to DB instance: shop-2");
  }

  @Test
  void meanwhileTheClusterIsFailingOver() {
    engine.cluster("shop");
    addReader("shop-2");
    hold(volume("shop"));
    host.kill(volume("shop"));

    engine.await("shop", each -> each.status().equals("failing-over"));
    assertThat(status("shop-1")).isEqualTo("rebooting");
    host.release();
    engine.await("shop", each -> each.status().equals("available"));
    awaitStatus("shop-1", "available");
  }

  @Test
  void aWriterWhoseReaderCannotTakeOverGoesOn_andTheReaderFollowsAgain() {
    engine.cluster("shop");
    addReader("shop-2");
    host.failNextStartWith(new HostException("out of memory"));

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);
    awaitStatus("shop-2", "available");

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(clusterMessages())
        .endsWith(
            "Cluster failover failed, check the health of your cluster instances and try again.");
  }

  @Test
  void aWriterWhoseReaderDoesNotEndGoesOn_andSoDoesTheReader() {
    engine.cluster("shop");
    addReader("shop-2");
    host.unkillable.add(readerVolume("shop-2"));

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);
    engine.await("shop", each -> each.status().equals("available"));

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(status("shop-2")).isEqualTo("available");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(clusterMessages())
        .endsWith(
            "Cluster failover failed, check the health of your cluster instances and try again.");
  }

  @Test
  void aReaderIsMadeAnew() {
    engine.cluster("shop");
    addReader("shop-2");

    host.kill(readerVolume("shop-2"));
    awaitMessage("shop-2", RESTARTED);

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(host.volumes.get(readerVolume("shop-2")).listen()).isNotNull();
    assertThat(messages("shop-1")).doesNotContain(SHUTDOWN);
  }

  @Test
  void aReaderThatStoppedToFollowIsMadeAnew() {
    engine.cluster("shop");
    addReader("shop-2");
    var before = host.starts.get();
    host.strayed.put(readerVolume("shop-2"), "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("shop-2", RESTARTED);
    assertThat(host.starts).hasValue(before + 1);
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(messages("shop-2")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
    assertThat(messages("shop-1")).doesNotContain(RESTARTED);
  }

  @Test
  void allServersOfAClusterCanEndAtOnce() {
    engine.cluster("shop");
    addReader("shop-2");
    host.killSecretly(volume("shop"));
    host.kill(readerVolume("shop-2"));
    host.kill(volume("shop"));

    awaitStatus("shop-1", "available");
    awaitMessage("shop-1", RESTARTED);
    clock.turn(Duration.ofSeconds(1));
    awaitStatus("shop-2", "available");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
  }

  @Test
  void readersWaitForAWriterThatCanBeMended_andComeBackWithIt() {
    writerWithParameters();
    awaitStatus("shop-1", "available");
    addReader("shop-2");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.killSecretly(readerVolume("shop-2"));
    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    host.kill(readerVolume("shop-2"));
    passAllStarts("shop-1");
    awaitReason("shop-2", "It waits for its writer, which is incompatible-parameters");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-2"));
    awaitReason("shop-2", "It waits for its writer, which is incompatible-parameters");

    host.failStartsWith(null);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    awaitStatus("shop-1", "available");
    awaitMessage("shop-2", RESTARTED);
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
  }

  @Test
  void aReaderWhoseWriterIsGivenUpWhileItIsMadeFallsWithIt_andIsMadeWithTheNextEngine()
      throws Exception {
    engine.cluster("shop");
    hold(volume("shop"));
    engine.createInstance("shop-2", "shop");
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(volume("shop"));
    host.release();
    awaitReason("shop-2", "waits for its writer");
    assertThat(status("shop-2")).isEqualTo("creating");
    passAllStarts("shop-1");
    awaitStatus("shop-1", "failed");
    awaitStatus("shop-2", "failed");
    assertThat(reason("shop-2")).isEqualTo("Its writer is failed");

    engine.close();
    host.failStartsWith(null);
    engine = TestEngine.start(memory, host, clock);
    awaitStatus("shop-1", "available");
    awaitStatus("shop-2", "available");
    assertThat(engine.describeInstance("shop-2").statusInfos()).isEmpty();
  }

  private List<String> members() {
    return engine.describe("shop").dbClusterMembers().stream()
        .map(RevivalInClustersTest::role)
        .toList();
  }

  private static String role(DBClusterMember member) {
    return member.dbInstanceIdentifier() + (member.isClusterWriter() ? " writes" : " reads");
  }

  private List<String> clusterMessages() {
    return messages(SourceType.DB_CLUSTER, "shop").stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).contains("failover"))
        .toList();
  }
}
