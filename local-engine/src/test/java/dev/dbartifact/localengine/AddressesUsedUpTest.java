package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.server.AddressRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbClusterEndpointQuotaExceededException;
import software.amazon.awssdk.services.rds.model.InvalidVpcNetworkStateException;
import software.amazon.awssdk.services.rds.model.RdsException;

/// All addresses of the range are given: what needs another one is refused, until something goes.
class AddressesUsedUpTest {

  /// Six of them: two for each cluster, one for each instance and each endpoint.
  private static final String TINY = "127.79.0.8/29";

  @TempDir Path memory;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    var reach = new Reach(Listening.onLoopback(0), AddressRange.parse(TINY), Optional.empty());
    engine = TestEngine.start(TestEngine.options(memory, 40).at(reach), host);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /// `prod` with its writer, `snap` of it, and a plain instance with backups; one address is left.
  private void makeFive() {
    engine.cluster("prod");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("snap"));
    TestEngine.await(
        "the snapshot",
        () ->
            engine.rds.describeDBClusterSnapshots().dbClusterSnapshots().stream()
                .allMatch(each -> each.status().equals("available")));
    engine.await("prod", each -> each.status().equals("available"));
    plain(engine.rds, "own");
    engine.awaitInstance("own", each -> each.dbInstanceStatus().equals("available"));
    reader(engine.rds, "prod-2");
    engine.awaitInstance("prod-2", each -> each.dbInstanceStatus().equals("available"));
  }

  private void makeSix() {
    makeFive();
    reader(engine.rds, "prod-3");
    engine.awaitInstance("prod-3", each -> each.dbInstanceStatus().equals("available"));
  }

  private static void plain(RdsClient rds, String id) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
  }

  private static void reader(RdsClient rds, String id) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier("prod")
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-postgresql"));
  }

  /// With a password that would be kept as a secret.
  private static void cluster(RdsClient rds) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("more")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .manageMasterUserPassword(true));
  }

  private static void clone(RdsClient rds) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier("more")
            .sourceDBClusterIdentifier("prod")
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  private static void restore(RdsClient rds) {
    rds.restoreDBClusterFromSnapshot(
        r -> r.dbClusterIdentifier("more").snapshotIdentifier("snap").engine("aurora-postgresql"));
  }

  static Stream<Arguments> requestsForAddresses() {
    return Stream.<Map.Entry<String, Consumer<RdsClient>>>of(
            Map.entry("a cluster", AddressesUsedUpTest::cluster),
            Map.entry("a clone", AddressesUsedUpTest::clone),
            Map.entry("a cluster from a snapshot", AddressesUsedUpTest::restore),
            Map.entry("a reader", rds -> reader(rds, "more")),
            Map.entry("a plain instance", rds -> plain(rds, "more")),
            Map.entry(
                "a read replica",
                rds ->
                    rds.createDBInstanceReadReplica(
                        r -> r.dbInstanceIdentifier("more").sourceDBInstanceIdentifier("own"))))
        .map(each -> Arguments.of(each.getKey(), each.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requestsForAddresses")
  void whatNeedsAnotherOneIsRefused_andNothingOfItStays(String what, Consumer<RdsClient> request)
      throws Exception {
    makeSix();
    var before = state();

    assertRefused(request);

    assertThat(state()).isEqualTo(before);
  }

  private void assertRefused(Consumer<RdsClient> request) {
    assertThatThrownBy(() -> request.accept(engine.rds))
        .isInstanceOf(InvalidVpcNetworkStateException.class)
        .hasMessageContaining("No address is left: of the 6 in " + TINY)
        .hasMessageContaining("--cluster-addresses");
  }

  /// What is remembered, and what is there.
  private List<Object> state() throws IOException {
    var remembered = new TreeMap<String, String>();
    try (var files = Files.walk(memory)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        remembered.put(memory.relativize(file).toString(), Files.readString(file));
      }
    }
    return List.of(remembered, Map.copyOf(host.volumes));
  }

  @Test
  void aCustomEndpointHasAQuotaOfItsOwn() {
    makeSix();

    assertThatThrownBy(() ->
            engine.rds.createDBClusterEndpoint(r ->
                r.dbClusterIdentifier("prod")
                    .dbClusterEndpointIdentifier("more")
                    .endpointType("ANY")))
        .isInstanceOf(DbClusterEndpointQuotaExceededException.class)
        .hasMessageContaining("No address is left");
  }

  @Test
  void aClusterNeedsTwo_andDoesNotKeepTheOneThatItFound() {
    makeFive();

    assertRefused(AddressesUsedUpTest::cluster);

    reader(engine.rds, "prod-3");
    engine.awaitInstance("prod-3", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void whatIsDeletedLeavesItsAddressToTheNextOne() {
    makeSix();
    deleteReader();

    plain(engine.rds, "more");
    engine.awaitInstance("more", each -> each.dbInstanceStatus().equals("available"));
    assertRefused(rds -> reader(rds, "prod-4"));
  }

  @Test
  void soItIsAfterARestart() throws Exception {
    makeSix();
    engine.close();
    start();
    assertRefused(AddressesUsedUpTest::clone);
    for (var id : List.of("prod-1", "prod-2", "prod-3", "own")) {
      engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
    }

    deleteReader();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("own").skipFinalSnapshot(true));
    engine.awaitInstanceGone("own");

    clone(engine.rds);
    engine.await("more", each -> each.status().equals("available"));
  }

  private void deleteReader() throws RdsException {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("prod-3"));
    engine.awaitInstanceGone("prod-3");
  }
}
