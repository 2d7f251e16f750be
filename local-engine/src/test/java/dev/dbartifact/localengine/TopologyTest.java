package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Topology;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Tag;

/// What the servers of an Aurora cluster are let to tell of it, in step with what the API shows.
class TopologyTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

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

  private Topology of(String instance) {
    return find(instance).orElseThrow();
  }

  /// Empty while it has no server.
  private Optional<Topology> find(String instance) {
    return engine.host.told.values().stream()
        .filter(topology -> topology.instance().equals(instance))
        .findFirst();
  }

  private static String writer(Topology topology) {
    return topology.members().stream()
        .filter(member -> member.session().equals("MASTER_SESSION_ID"))
        .map(Topology.Member::instance)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Topology topology) {
    return topology.members().stream().map(Topology.Member::instance).toList();
  }

  private void pair() {
    engine.cluster("shop");
    engine.createInstance("shop-2", "shop");
    engine.awaitInstance("shop-2", each -> each.dbInstanceStatus().equals("available"));
  }

  @Test
  void aServerThatCannotBeToldKeepsNothingFromTheOthers() {
    pair();
    awaitEverywhere("shop-1", "shop-1", "shop-2");
    var storage = engine.describe("shop").dbClusterResourceId().toLowerCase(Locale.ROOT);
    engine.host.deaf.add(new StorageId(storage));

    rename("shop-2", "second");

    assertThat(names(of("shop-1"))).contains("shop-2");
  }

  @Test
  void whatServersDoNotTellTroublesNone() {
    pair();
    rename("shop-2", "second");
    var before = engine.host.tellings.get();

    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").backupRetentionPeriod(7).applyImmediately(true));
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("shop-1").autoMinorVersionUpgrade(false));
    engine.rds.addTagsToResource(r ->
        r.resourceName(engine.describeInstance("shop-1").dbInstanceArn())
            .tags(Tag.builder().key("team").value("orders").build()));
    rename("second", "third");

    assertThat(engine.host.tellings.get() - before).as("once for each server").isEqualTo(2);
  }

  /// Returns when the last server was told.
  private void rename(String instance, String name) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier(instance).newDBInstanceIdentifier(name).applyImmediately(true));
    TestEngine.await("the reader to know its name", () -> find(name).isPresent());
  }

  private void awaitEverywhere(String writer, String... members) {
    TestEngine.await(
        "all servers to tell of " + writer,
        () ->
            Stream.of(members)
                .allMatch(member -> find(member).filter(tells(writer, members)).isPresent()));
  }

  private static Predicate<Topology> tells(String writer, String... members) {
    return topology ->
        writer(topology).equals(writer) && names(topology).containsAll(List.of(members));
  }

  @Test
  void eachServerTellsWhoItIsAndWhoWrites() {
    pair();

    awaitEverywhere("shop-1", "shop-1", "shop-2");
    assertThat(of("shop-1").version()).isEqualTo(engine.describe("shop").engineVersion() + ".0");
    var reader = of("shop-1").members().getLast();
    assertThat(reader.session()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(reader.slot())
        .isEqualTo(
            "reader_"
                + engine
                    .describeInstance("shop-2")
                    .dbiResourceId()
                    .toLowerCase(Locale.ROOT)
                    .replace('-', '_'));
  }

  @Test
  void afterAFailoverAllTellOfTheNewWriter() {
    pair();

    engine.rds.failoverDBCluster(request -> request.dbClusterIdentifier("shop"));

    awaitEverywhere("shop-2", "shop-1", "shop-2");
  }

  @Test
  void aReaderThatGoesIsNoMemberAnyMore() {
    pair();
    awaitEverywhere("shop-1", "shop-1", "shop-2");

    engine.rds.deleteDBInstance(
        request -> request.dbInstanceIdentifier("shop-2").skipFinalSnapshot(true));

    TestEngine.await(
        "the reader to be forgotten", () -> names(of("shop-1")).equals(List.of("shop-1")));
  }

  @Test
  void aNewNameIsTold() {
    engine.cluster("shop");

    engine.rds.modifyDBInstance(request ->
        request
            .dbInstanceIdentifier("shop-1")
            .newDBInstanceIdentifier("first")
            .applyImmediately(true));

    TestEngine.await("the new name", () -> told().contains("first"));
    assertThat(names(of("first"))).containsExactly("first");
  }

  private Collection<String> told() {
    return engine.host.told.values().stream().map(Topology::instance).toList();
  }

  @Test
  void aPlainInstanceTellsNothing() {
    engine.rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier("solo")
            .dbInstanceClass("db.t3.micro")
            .engine("postgres")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));

    engine.awaitInstance("solo", each -> each.dbInstanceStatus().equals("available"));
    assertThat(engine.host.told).isEmpty();
  }
}
