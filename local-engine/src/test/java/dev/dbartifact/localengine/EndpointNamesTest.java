package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.hosts.HostsFile;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;

/// Endpoints whose names have the form of AWS, and a hosts file that says where they lead.
class EndpointNamesTest {

  private static final String ACCOUNT = "c1sofdji2amj";
  private static final String DOMAIN = ACCOUNT + ".us-west-2.rds.amazonaws.com";
  private static final String OTHERS = "127.0.0.1 localhost\n";

  @TempDir Path memory;
  @TempDir Path folder;

  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private Path file;

  @BeforeEach
  void writeOtherLines() throws IOException {
    file = Files.writeString(folder.resolve("hosts"), OTHERS);
  }

  private TestEngine named() throws Exception {
    var names =
        new NamedEndpoints(
            ACCOUNT, new HostsFile(file, ACCOUNT), new HostsFile(folder.resolve("own"), ACCOUNT));
    return TestEngine.start(TestEngine.options(memory, 40).at(Reach.LOOPBACK.named(names)), host);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file).stream().filter(line -> line.endsWith(DOMAIN)).toList();
  }

  @Test
  void clusterInstanceAndCustomEndpointHaveNames() throws Exception {
    try (var engine = named()) {
      engine.cluster("shop");
      engine.rds.createDBClusterEndpoint(request ->
          request
              .dbClusterIdentifier("shop")
              .dbClusterEndpointIdentifier("reports")
              .endpointType("ANY"));

      var cluster = engine.describe("shop");
      assertThat(cluster.customEndpoints()).containsExactly("reports.cluster-custom-" + DOMAIN);
      assertThat(cluster.endpoint()).isEqualTo("shop.cluster-" + DOMAIN);
      assertThat(cluster.readerEndpoint()).isEqualTo("shop.cluster-ro-" + DOMAIN);
      assertThat(engine.describeInstance("shop-1").endpoint().address())
          .isEqualTo("shop-1." + DOMAIN);
      assertThat(engine.rds.describeDBClusterEndpoints().dbClusterEndpoints())
          .extracting(DBClusterEndpoint::endpoint)
          .containsExactlyInAnyOrder(
              "shop.cluster-" + DOMAIN,
              "shop.cluster-ro-" + DOMAIN,
              "reports.cluster-custom-" + DOMAIN);
    }
  }

  @Test
  void aClusterIsRenamingUntilItsServersAnswerForTheNewName() throws Exception {
    try (var engine = named()) {
      engine.cluster("shop");
      host.hold();

      engine.rds.modifyDBCluster(request ->
          request
              .dbClusterIdentifier("shop")
              .newDBClusterIdentifier("store")
              .applyImmediately(true));
      TestEngine.await("the certificate to be renewed", () -> host.certifications.get() == 1);
      assertThat(engine.describe("store").status()).isEqualTo("renaming");
      host.release();

      engine.await("store", cluster -> cluster.status().equals("available"));
      assertThat(certified())
          .contains("store.cluster-" + DOMAIN, "store.cluster-ro-" + DOMAIN, "shop-1." + DOMAIN)
          .doesNotContain("shop.cluster-" + DOMAIN);
    }
  }

  @Test
  void soIsAnInstanceOfIt() throws Exception {
    try (var engine = named()) {
      engine.cluster("shop");

      renameHeld(engine, "shop-1", "first");

      assertThat(certified())
          .contains("first." + DOMAIN, "shop.cluster-" + DOMAIN)
          .doesNotContain("shop-1." + DOMAIN);
    }
  }

  @Test
  void soIsAPlainInstance() throws Exception {
    try (var engine = named()) {
      engine.rds.createDBInstance(request ->
          request
              .dbInstanceIdentifier("own")
              .engine("postgres")
              .dbInstanceClass("db.t4g.micro")
              .allocatedStorage(20)
              .masterUsername("shop")
              .masterUserPassword(TestEngine.PASSWORD));
      engine.awaitInstance("own", each -> each.dbInstanceStatus().equals("available"));

      renameHeld(engine, "own", "new");

      assertThat(certified()).contains("new." + DOMAIN).doesNotContain("own." + DOMAIN);
    }
  }

  private void renameHeld(TestEngine engine, String instance, String name) {
    host.hold();
    engine.rds.modifyDBInstance(request ->
        request
            .dbInstanceIdentifier(instance)
            .newDBInstanceIdentifier(name)
            .applyImmediately(true));
    TestEngine.await("the certificate to be renewed", () -> host.certifications.get() == 1);
    assertThat(engine.describeInstance(name).dbInstanceStatus()).isEqualTo("renaming");
    host.release();
    engine.awaitInstance(name, each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void aChangeOfNoNameRenewsNoCertificate() throws Exception {
    try (var engine = named()) {
      engine.cluster("shop");

      engine.rds.modifyDBCluster(request ->
          request.dbClusterIdentifier("shop").backupRetentionPeriod(7).applyImmediately(true));
      engine.rds.modifyDBInstance(
          request -> request.dbInstanceIdentifier("shop-1").autoMinorVersionUpgrade(false));
      engine.rds.rebootDBInstance(request -> request.dbInstanceIdentifier("shop-1"));
      engine.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("available"));

      assertThat(host.certifications).hasValue(0);
    }
  }

  private List<String> certified() {
    return host.volumes.values().stream()
        .flatMap(each -> each.listen().tls().identity().hosts().stream())
        .toList();
  }

  @Test
  void theFileSaysWhereEachNameLeadsAsSoonAsItIsAnswered() throws Exception {
    try (var engine = named()) {
      var endpoint = engine.create("shop").endpoint();

      assertThat(lines())
          .anyMatch(line -> line.matches("127\\.77\\.[0-9.]+ " + endpoint))
          .hasSize(2);
      engine.createInstance("shop-1", "shop");
      assertThat(lines()).hasSize(3);
      assertThat(Files.readAllLines(folder.resolve("own"))).containsAll(lines());
      assertThat(file).content().startsWith(OTHERS);
    }
  }

  @Test
  void namesFollowTheIdentifier() throws Exception {
    try (var engine = named()) {
      engine.cluster("shop");

      engine.rds.modifyDBCluster(request ->
          request
              .dbClusterIdentifier("shop")
              .newDBClusterIdentifier("store")
              .applyImmediately(true));

      engine.await("store", cluster -> cluster.status().equals("available"));
      assertThat(engine.describe("store").endpoint()).isEqualTo("store.cluster-" + DOMAIN);
      assertThat(lines())
          .anyMatch(line -> line.endsWith(" store.cluster-" + DOMAIN))
          .noneMatch(line -> line.contains(" shop.cluster"));
    }
  }

  @Test
  void whatIsDeletedHasNoNameAnyMore() throws Exception {
    try (var engine = named()) {
      engine.create("shop");

      engine.rds.deleteDBCluster(
          request -> request.dbClusterIdentifier("shop").skipFinalSnapshot(true));

      engine.awaitGone("shop");
      Waiting.until("the end of its names", () -> lines().isEmpty());
    }
  }

  @Test
  void aPlainInstanceHasOneName() throws Exception {
    try (var engine = named()) {
      engine.rds.createDBInstance(request ->
          request
              .dbInstanceIdentifier("solo")
              .dbInstanceClass("db.t3.micro")
              .engine("postgres")
              .allocatedStorage(20)
              .masterUsername("shop")
              .masterUserPassword(TestEngine.PASSWORD));

      engine.awaitInstance("solo", solo -> solo.dbInstanceStatus().equals("available"));
      assertThat(engine.describeInstance("solo").endpoint().address()).isEqualTo("solo." + DOMAIN);
      assertThat(lines()).hasSize(1);
    }
  }

  @Test
  void namesAreOfTheRunAndNotOfWhatIsRemembered() throws Exception {
    String address;
    try (var engine = TestEngine.start(TestEngine.options(memory, 40), host)) {
      address = engine.cluster("shop").endpoint();
    }
    try (var engine = named()) {
      assertThat(engine.describe("shop").endpoint()).isEqualTo("shop.cluster-" + DOMAIN);
      assertThat(lines()).contains(address + " shop.cluster-" + DOMAIN);
      engine.create("other");
    }
    assertThat(file).hasContent(OTHERS);
    try (var engine = TestEngine.start(TestEngine.options(memory, 40), host)) {
      assertThat(engine.describe("shop").endpoint()).isEqualTo(address);
      assertThat(engine.describe("other").endpoint()).startsWith("127.77.");
    }
  }
}
