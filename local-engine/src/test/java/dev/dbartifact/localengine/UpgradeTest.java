package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

/// The versions that an engine has, and how one is changed for another. PostgreSQL 17.11 and 15.18
/// are installed, and MariaDB 10.11.19.
class UpgradeTest {

  private static final PendingModifiedValues NOTHING = PendingModifiedValues.builder().build();

  @TempDir Path memory;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    host.mariaDb = List.of("10.11.19");
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private List<DBEngineVersion> offered(Consumer<DescribeDbEngineVersionsRequest.Builder> asked) {
    return engine.rds.describeDBEngineVersions(asked).dbEngineVersions();
  }

  private static List<String> numbers(List<DBEngineVersion> versions) {
    return versions.stream().map(DBEngineVersion::engineVersion).toList();
  }

  private DBInstance make(String id, Consumer<CreateDbInstanceRequest.Builder> more) {
    engine.rds.createDBInstance(request ->
        more.accept(
            request
                .dbInstanceIdentifier(id)
                .engine("postgres")
                .dbInstanceClass("db.t4g.micro")
                .allocatedStorage(20)
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD)));
    return until(id, "available");
  }

  private DBInstance until(String id, String status) {
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals(status));
  }

  private DBInstance modify(String id, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return engine
        .rds
        .modifyDBInstance(request -> change.accept(request.dbInstanceIdentifier(id)))
        .dbInstance();
  }

  private DBCluster modifyCluster(Consumer<ModifyDbClusterRequest.Builder> change) {
    return engine
        .rds
        .modifyDBCluster(request -> change.accept(request.dbClusterIdentifier("prod")))
        .dbCluster();
  }

  private static void refused(String why, ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterCombination"))
        .hasMessageContaining(why);
  }

  @Test
  void anEngineHasTheMinorVersionsUpToTheInstalledOne() {
    var offered = offered(r -> r.engine("postgres"));
    assertThat(numbers(offered)).startsWith("15.1", "15.2").endsWith("17.10", "17.11").hasSize(29);
    assertThat(offered)
        .filteredOn(each -> each.majorEngineVersion().equals("15"))
        .extracting(DBEngineVersion::dbEngineVersionDescription)
        .containsOnly("PostgreSQL 15.18");
    assertThat(numbers(offered(r -> r.engine("mariadb"))))
        .startsWith("10.11.4")
        .endsWith("10.11.19");
    assertThat(offered(r -> r.engine("mysql")))
        .extracting(DBEngineVersion::dbEngineVersionDescription)
        .containsOnly("MariaDB 10.11.19");
  }

  @Test
  void eachOfThemCanBeHad() {
    for (var name : List.of("postgres", "mysql", "mariadb")) {
      for (var version : offered(r -> r.engine(name))) {
        var id = name + "-" + version.engineVersion().replace('.', '-');
        var made = make(id, r -> r.engine(name).engineVersion(version.engineVersion()));
        assertThat(made.engineVersion()).isEqualTo(version.engineVersion());
        assertThat(version.dbEngineVersionDescription())
            .endsWith(" " + host.volumes.get(host.storageAt(made.endpoint().address())).version());
        engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
        engine.awaitInstanceGone(id);
      }
    }
  }

  @Test
  void defaultsAreWhatOneGetsWhoDoesNotSay() {
    assertThat(numbers(offered(r -> r.engine("postgres").defaultOnly(true))))
        .containsExactly("17.11");
    assertThat(numbers(offered(r -> r.engine("postgres").engineVersion("15").defaultOnly(true))))
        .containsExactly("15.18");
    assertThat(numbers(offered(r -> r.engine("mysql").defaultOnly(true))))
        .containsExactly("8.0.42");
    assertThat(make("newest", _ -> {}).engineVersion()).isEqualTo("17.11");
    assertThat(make("major", r -> r.engineVersion("15")).engineVersion()).isEqualTo("15.18");
    assertThat(make("my", r -> r.engine("mysql").engineVersion("8.0")).engineVersion())
        .isEqualTo("8.0.42");
  }

  @Test
  void anotherVersionIsNotFound() {
    refused(
        "Cannot find version 17.12 for postgres (here: 17.1 to 17.11, 15.1 to 15.18)",
        () -> make("x", r -> r.engineVersion("17.12")));
    refused("Cannot find version 16 ", () -> make("x", r -> r.engineVersion("16")));
    refused(
        "Cannot find version 8.0.11 for mysql",
        () -> make("x", r -> r.engine("mysql").engineVersion("8.0.11")));
    refused(
        "Cannot find version 10.11.20 ",
        () -> make("x", r -> r.engine("mariadb").engineVersion("10.11.20")));
  }

  @Test
  void upgradeTargetsAreTheLaterMinorVersions() {
    var version = offered(r -> r.engine("postgres").engineVersion("17.9")).getFirst();
    assertThat(version.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .containsExactly("17.10", "17.11");
    assertThat(version.validUpgradeTarget())
        .extracting(UpgradeTarget::isMajorVersionUpgrade)
        .containsOnly(false);
    assertThat(
            offered(r -> r.engine("postgres").engineVersion("17.11"))
                .getFirst()
                .validUpgradeTarget())
        .isEmpty();
  }

  @Test
  void laterMajorVersionsAreTargetsWhereThereIsAWay() {
    var asked = offered(r -> r.engine("postgres").engineVersion("15.17")).getFirst();
    assertThat(asked.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .startsWith("15.18", "17.1")
        .endsWith("17.11")
        .hasSize(12);
    assertThat(asked.validUpgradeTarget())
        .filteredOn(UpgradeTarget::isMajorVersionUpgrade)
        .hasSize(11);
    host.upgradable = false;
    var then = offered(r -> r.engine("postgres").engineVersion("15.17")).getFirst();
    assertThat(then.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .containsExactly("15.18");
  }

  @Test
  void theVersionThatItHasIsNoUpgrade() {
    make("own", r -> r.engineVersion("17.4"));
    var answer = modify("own", r -> r.engineVersion("17.4").applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void anUpgradeWaitsUnlessItIsWantedAtOnce() {
    make("own", r -> r.engineVersion("17.4"));
    var waiting = modify("own", r -> r.engineVersion("17.5"));
    assertThat(waiting.engineVersion()).isEqualTo("17.4");
    assertThat(waiting.dbInstanceStatus()).isEqualTo("available");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");

    var answer = modify("own", r -> r.applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("upgrading");
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("own").pendingModifiedValues()).isEqualTo(NOTHING);
    assertThat(events("own")).contains("DB instance patched");
  }

  private List<String> events(String instance) {
    return engine
        .rds
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(instance))
        .events()
        .stream()
        .map(each -> each.message())
        .toList();
  }

  @Test
  void anUpgradeStartsTheServerAgainOnTheSameData() {
    var own = make("own", r -> r.engineVersion("17.4"));
    var storage = host.storageAt(own.endpoint().address());
    host.parameters.clear();
    modify("own", r -> r.engineVersion("17").applyImmediately(true));
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.11");
    assertThat(host.parameters).containsOnlyKeys(storage);
    assertThat(host.volumes).hasSize(1);
  }

  @Test
  void aPendingUpgradeIsTakenBackByTheVersionThatThereIs() {
    make("own", r -> r.engineVersion("17.4"));
    modify("own", r -> r.engineVersion("17.5"));
    var answer = modify("own", r -> r.engineVersion("17.4").applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void thereIsNoWayBackAndNoneToAnotherMajorVersionWithoutBeingAskedFor() {
    make("own", r -> r.engineVersion("15.4"));
    refused("Cannot upgrade postgres from 15.4 to 15.3", () -> to("15.3", null));
    refused("The AllowMajorVersionUpgrade flag must be present", () -> to("17.5", null));
    refused("The AllowMajorVersionUpgrade flag must be present", () -> to("17", false));
    refused("Cannot find version 16", () -> to("16", true));
    host.upgradable = false;
    refused("Cannot upgrade postgres from 15.4 to 17.11 (The local engine", () -> to("17", true));
    assertThat(engine.describeInstance("own").engineVersion()).isEqualTo("15.4");
  }

  private void to(String version, Boolean major) {
    modify("own", r -> r.engineVersion(version).allowMajorVersionUpgrade(major));
  }

  @Test
  void anUpgradeThatWasCutShortIsDoneByTheNextStart() throws Exception {
    make("own", r -> r.engineVersion("17.4"));
    host.hold();
    modify("own", r -> r.engineVersion("17.5").applyImmediately(true));
    assertThat(engine.describeInstance("own").dbInstanceStatus()).isEqualTo("upgrading");
    host.release();
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
  }

  private void cluster(String version) {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion(version)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    engine.await("prod", each -> each.status().equals("available"));
  }

  private void instance(String id) {
    engine.createInstance(id, "prod");
    until(id, "available");
    engine.await("prod", each -> each.status().equals("available"));
  }

  @Test
  void aClusterIsUpgradedWithAllOfItsInstances() {
    cluster("17.4");
    instance("prod-1");
    instance("prod-2");
    var waiting = modifyCluster(r -> r.engineVersion("17.5"));
    assertThat(waiting.engineVersion()).isEqualTo("17.4");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");

    var answer = modifyCluster(r -> r.engineVersion("17.6").applyImmediately(true));
    assertThat(answer.status()).isEqualTo("upgrading");
    var prod = engine.await("prod", each -> each.status().equals("available"));
    assertThat(prod.engineVersion()).isEqualTo("17.6");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(until("prod-1", "available").engineVersion()).isEqualTo("17.6");
    assertThat(until("prod-2", "available").engineVersion()).isEqualTo("17.6");
  }

  @Test
  void aClusterWithoutAnInstanceIsNotUpgraded() {
    cluster("17.4");
    assertThatThrownBy(() -> modifyCluster(r -> r.engineVersion("17.5").applyImmediately(true)))
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidDBClusterStateFault"))
        .hasMessageContaining("without a healthy primary instance");
    assertThat(engine.describe("prod").engineVersion()).isEqualTo("17.4");
  }

  @Test
  void aMemberIsUpgradedWithItsClusterOnly() {
    cluster("17.4");
    instance("prod-1");
    refused("using the ModifyDBCluster API", () -> modify("prod-1", r -> r.engineVersion("17.5")));
  }

  @Test
  void aSnapshotIsRestoredToItsVersionOrALaterOne() {
    cluster("17.4");
    instance("prod-1");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("before"));
    engine.await("prod", each -> each.status().equals("available"));

    assertThat(restored("same", "17.4")).isEqualTo("17.4");
    assertThat(restored("later", "17.8")).isEqualTo("17.8");
    assertThat(restored("unsaid", null)).isEqualTo("17.11");
    refused("Cannot upgrade aurora-postgresql from 17.4 to 17.2", () -> restored("x", "17.2"));
    refused("Cannot upgrade aurora-postgresql from 17.4 to 15.18", () -> restored("x", "15"));
  }

  @Test
  void aSnapshotOfAPlainInstanceIsUpgradedAndRestoredAtItsNewVersion() {
    make("own", r -> r.engineVersion("17.4"));
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("own").dbSnapshotIdentifier("before"));
    until("own", "available");
    refused("Cannot upgrade postgres from 17.4 to 17.2", () -> upgradeSnapshot("17.2"));
    refused("Cannot upgrade postgres from 17.4 to 15.18", () -> upgradeSnapshot("15"));
    assertThat(upgradeSnapshot(null)).isEqualTo("17.4");
    assertThat(upgradeSnapshot("17.5")).isEqualTo("17.5");

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("own").engineVersion()).isEqualTo("17.4");
  }

  private String upgradeSnapshot(String version) {
    return engine
        .rds
        .modifyDBSnapshot(r -> r.dbSnapshotIdentifier("before").engineVersion(version))
        .dbSnapshot()
        .engineVersion();
  }

  private String restored(String id, String version) {
    return engine
        .rds
        .restoreDBClusterFromSnapshot(r ->
            r.dbClusterIdentifier(id)
                .snapshotIdentifier("before")
                .engine("aurora-postgresql")
                .engineVersion(version))
        .dbCluster()
        .engineVersion();
  }
}
