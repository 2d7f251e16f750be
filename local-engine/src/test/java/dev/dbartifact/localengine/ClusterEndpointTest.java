package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;

/// Which servers the endpoints of a cluster lead to, and by which names they are known.
class ClusterEndpointTest extends ReaderFixture {

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
  void theNextPageOfEndpointsGoesOnThereWhenClustersComeAndGo() {
    var clusters = IntStream.range(10, 21).mapToObj(number -> "shop-" + number).toList();
    clusters.forEach(engine::create);
    clusters.forEach(each -> engine.await(each, of -> of.status().equals("available")));
    var first = engine.rds.describeDBClusterEndpoints(r -> r.maxRecords(20));
    engine.create("a-newer-one");
    assertThat(endpoints(first.marker())).containsExactly("shop-20 WRITER", "shop-20 READER");

    for (var gone : clusters.subList(0, 2)) {
      engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(gone).skipFinalSnapshot(true));
      engine.awaitGone(gone);
    }
    assertThat(endpoints(first.marker())).containsExactly("shop-20 WRITER", "shop-20 READER");
  }

  private List<String> endpoints(String marker) {
    return engine
        .rds
        .describeDBClusterEndpoints(r -> r.marker(marker).maxRecords(20))
        .dbClusterEndpoints()
        .stream()
        .map(each -> each.dbClusterIdentifier() + " " + each.endpointType())
        .toList();
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

  @Test
  void aFilterTakesNamesInAnyCase() {
    engine.cluster("shop");
    custom("a", "ANY", List.of(), List.of());

    var called = Filter.builder().name("db-cluster-endpoint-id").values("A").build();
    assertThat(engine.rds.describeDBClusterEndpoints(r -> r.filters(called)).dbClusterEndpoints())
        .hasSize(1);
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
}
