package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.InstanceQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InvalidDbClusterStateException;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Clusters with more than one instance.
class ReaderTest {

  private final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

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
  void theWriterMovesToTheNamedReader() {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    addReader("shop-3");

    var answer =
        engine.rds.failoverDBCluster(
            r -> r.dbClusterIdentifier("shop").targetDBInstanceIdentifier("shop-3"));

    assertThat(answer.dbCluster().status()).isEqualTo("failing-over");
    engine.await("shop", each -> each.status().equals("available"));
    assertThat(members()).containsExactly("shop-3 writes", "shop-1 reads", "shop-2 reads");
    assertThat(engine.volume(shop).listen().toString())
        .isEqualTo("%s:5432, %s:5432".formatted(shop.endpoint(), address("shop-3")));
    assertThat(host.followed)
        .containsOnlyKeys(
            volume(engine.describeInstance("shop-1")), volume(engine.describeInstance("shop-2")));
    assertThat(host.volumes).doesNotContainKey(volume(engine.describeInstance("shop-3")));
    assertThat(events()).containsSubsequence("Completed failover to DB instance: shop-3");
    assertThat(events())
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
    assertThat(events()).contains("Promoting previous primary again: shop-1");
  }

  @Test
  void aRenamedInstanceStaysInItsEndpoints() {
    engine.cluster("shop");
    custom("a", "ANY", List.of("shop-1"), List.of());
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("shop-1").newDBInstanceIdentifier("first").applyImmediately(true));
    assertThat(
            engine
                .rds
                .describeDBClusterEndpoints(r -> r.dbClusterEndpointIdentifier("a"))
                .dbClusterEndpoints()
                .getFirst()
                .staticMembers())
        .containsExactly("first");
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
    assertThat(events()).contains("Completed failover to DB instance: shop-2");
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

  @Test
  void anEndpointLeadsToTheMembersThatItNames() throws Exception {
    var shop = engine.cluster("shop");
    addReader("shop-2");
    try (var _ = served("shop-1");
        var _ = served("shop-2")) {
      assertThat(answerAt(shop.readerEndpoint())).isEqualTo("shop-2");
      assertThat(answerAt(custom("any", "ANY", List.of("shop-1"), List.of()))).isEqualTo("shop-1");
      var readers = custom("readers", "READER", List.of(), List.of());
      assertThat(answerAt(readers)).isEqualTo("shop-2");

      engine.rds.modifyDBClusterEndpoint(
          r -> r.dbClusterEndpointIdentifier("readers").excludedMembers("shop-2"));
      assertThat(answerAt(readers)).isNull();

      engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-2"));
      engine.awaitInstanceGone("shop-2");
      assertThat(answerAt(shop.readerEndpoint())).isEqualTo("shop-1");
      engine.rds.deleteDBClusterEndpoint(r -> r.dbClusterEndpointIdentifier("readers"));
      assertThatThrownBy(() -> answerAt(readers)).isInstanceOf(java.net.ConnectException.class);
    }
  }

  @Test
  void anEndpointHasMembersOfItsCluster() {
    engine.cluster("shop");
    assertThatThrownBy(() -> custom("a", "ANY", List.of("nobody"), List.of()))
        .isInstanceOf(DbInstanceNotFoundException.class);
    assertThatThrownBy(() -> custom("a", "ANY", List.of("shop-1"), List.of("shop-1")))
        .hasMessageContaining("cannot both be given");
    assertThatThrownBy(() -> custom("a", "SOME", List.of(), List.of()))
        .hasMessageContaining("EndpointType");
    custom("a", "ANY", List.of(), List.of());
    assertThatThrownBy(() -> custom("a", "ANY", List.of(), List.of()))
        .isInstanceOf(DbClusterEndpointAlreadyExistsException.class);
    assertThatThrownBy(
            () -> engine.rds.deleteDBClusterEndpoint(r -> r.dbClusterEndpointIdentifier("b")))
        .isInstanceOf(DbClusterEndpointNotFoundException.class);
    assertThat(
            engine
                .rds
                .describeDBClusterEndpoints(r -> r.dbClusterIdentifier("shop"))
                .dbClusterEndpoints())
        .extracting(each -> each.endpointType() + " " + each.status())
        .containsExactly("WRITER available", "READER available", "CUSTOM available");
  }

  @Test
  void customEndpointsGoWithTheirCluster() {
    engine.cluster("shop");
    custom("a", "ANY", List.of(), List.of());
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("shop").skipFinalSnapshot(true));
    engine.awaitGone("shop");
    assertThat(engine.rds.describeDBClusterEndpoints().dbClusterEndpoints()).isEmpty();
  }

  private String custom(String id, String type, List<String> included, List<String> excluded) {
    var endpoint =
        engine.rds.createDBClusterEndpoint(r ->
            r.dbClusterIdentifier("shop")
                .dbClusterEndpointIdentifier(id)
                .endpointType(type)
                .staticMembers(included)
                .excludedMembers(excluded));
    assertThat(endpoint.status()).isEqualTo("creating");
    TestEngine.await("available", () -> statusOf(id).equals("available"));
    return endpoint.endpoint();
  }

  private String statusOf(String endpoint) {
    return engine
        .rds
        .describeDBClusterEndpoints(r -> r.dbClusterEndpointIdentifier(endpoint))
        .dbClusterEndpoints()
        .getFirst()
        .status();
  }

  /// So that a client that checks the name in a certificate finds it, whichever server answers, and
  /// whichever writes.
  @Test
  void everyServerIsKnownByAllEndpointsOfItsCluster() {
    engine.cluster("shop");
    addReader("shop-2");
    var cluster =
        engine.rds.describeDBClusters(r -> r.dbClusterIdentifier("shop")).dbClusters().getFirst();
    var ofAll = List.of(cluster.endpoint(), cluster.readerEndpoint());
    assertThat(hostsOf("shop-1")).containsAll(ofAll).contains(address("shop-1"));
    assertThat(hostsOf("shop-2"))
        .containsAll(ofAll)
        .contains(address("shop-2"))
        .doesNotContain(address("shop-1"));

    var custom = custom("all", "ANY", List.of(), List.of());
    assertThat(hostsOf("shop-1")).contains(custom);
    assertThat(hostsOf("shop-2")).contains(custom);
  }

  /// What the certificate of the instance's server says.
  private List<String> hostsOf(String instance) {
    return host.volumes.values().stream()
        .filter(each -> each.listen() != null)
        .map(each -> each.listen().tls().identity().hosts())
        .filter(hosts -> hosts.contains(address(instance)))
        .findFirst()
        .orElseThrow();
  }

  /// In place of the server of this instance, says the instance's name to everybody.
  private ServerSocket served(String instance) throws IOException {
    var socket = new ServerSocket(5432, 10, InetAddress.ofLiteral(address(instance)));
    Thread.startVirtualThread(() -> {
      while (!socket.isClosed()) {
        try (var client = socket.accept()) {
          client.getOutputStream().write(instance.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
          // The test is over.
          return;
        }
      }
    });
    return socket;
  }

  /// Null where the connection is closed without a word.
  private static String answerAt(String address) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral(address), 5432)) {
      socket.setSoTimeout(10_000);
      var said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.isEmpty() ? null : said;
    }
  }

  private DBInstance addReader(String id) {
    return addReader(id, "db.r6g.large");
  }

  private DBInstance addReader(String id, String instanceClass) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier("shop")
            .dbInstanceClass(instanceClass)
            .engine("aurora-postgresql"));
    return awaitAvailable(id);
  }

  private void failOver() {
    engine.rds.failoverDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("available"));
  }

  private void failOverTo(String target) {
    engine.rds.failoverDBCluster(
        r -> r.dbClusterIdentifier("shop").targetDBInstanceIdentifier(target));
  }

  private DBInstance awaitAvailable(String id) {
    return engine.awaitInstance(id, ReaderTest::isAvailable);
  }

  private static boolean isAvailable(DBInstance instance) {
    return instance.dbInstanceStatus().equals("available");
  }

  private List<String> members() {
    return engine.describe("shop").dbClusterMembers().stream().map(ReaderTest::member).toList();
  }

  private static String member(DBClusterMember member) {
    return member.dbInstanceIdentifier() + (member.isClusterWriter() ? " writes" : " reads");
  }

  private String address(String instance) {
    return engine.describeInstance(instance).endpoint().address();
  }

  private StorageId volume(DBInstance instance) {
    return new StorageId(instance.dbiResourceId().toLowerCase(Locale.ROOT));
  }

  private StorageId volume(String cluster) {
    return new StorageId(engine.describe(cluster).dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  private List<String> events() {
    return engine
        .rds
        .describeEvents(r -> r.sourceType(SourceType.DB_CLUSTER).sourceIdentifier("shop"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }
}
