package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RdsException;

/// Upgrades of clusters and plain instances to another major version. PostgreSQL 17.11 and 15.18
/// are installed, with what brings data from the one to the other.
class MajorUpgradeTest {

  @TempDir Path memory;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    host.sharing = true;
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private void cluster(String... instances) {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion("15.4")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    for (var instance : instances) {
      engine.createInstance(instance, "prod");
      until(instance, "available");
    }
    settled();
  }

  private DBInstance plain(String id) {
    engine.rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .engine("postgres")
            .engineVersion("15.4")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    return until(id, "available");
  }

  private DBInstance until(String id, String status) {
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals(status));
  }

  private DBCluster settled() {
    return engine.await("prod", each -> each.status().equals("available"));
  }

  private DBCluster modify(Consumer<ModifyDbClusterRequest.Builder> change) {
    return engine
        .rds
        .modifyDBCluster(request -> change.accept(request.dbClusterIdentifier("prod")))
        .dbCluster();
  }

  private DBCluster upgrade() {
    return modify(
        r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
  }

  private DBInstance modify(String id, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return engine
        .rds
        .modifyDBInstance(request -> change.accept(request.dbInstanceIdentifier(id)))
        .dbInstance();
  }

  private StorageId storage() {
    return new StorageId(engine.describe("prod").dbClusterResourceId().toLowerCase());
  }

  private List<String> events(String type, String id) {
    return engine.rds.describeEvents(r -> r.sourceType(type).sourceIdentifier(id)).events().stream()
        .map(Event::message)
        .toList();
  }

  private List<String> snapshots() {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.snapshotType("automated"))
        .dbClusterSnapshots()
        .stream()
        .map(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .filter(each -> each.startsWith("preupgrade-"))
        .toList();
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

  private void group(String name, String family) {
    engine.rds.createDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName(name).dbParameterGroupFamily(family).description("ours"));
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName(name).dbParameterGroupFamily(family).description("ours"));
  }

  @Test
  void theMajorVersionThatItHasIsNoUpgrade() {
    cluster("prod-1");
    upgrade();
    settled();
    var answer = upgrade();
    assertThat(answer.status()).isEqualTo("available");
    assertThat(answer.pendingModifiedValues()).isNull();
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void aClusterGetsItsVersionWithItsServersAndItsGroups() {
    cluster("prod-1", "prod-2");
    host.hold();
    var answer = upgrade();
    assertThat(answer.status()).isEqualTo("upgrading");
    assertThat(answer.engineVersion()).isEqualTo("15.4");
    assertThat(answer.pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    assertThat(engine.describeInstance("prod-2").dbInstanceStatus()).isEqualTo("upgrading");
    host.release();

    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("17.5");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql17");
    for (var id : List.of("prod-1", "prod-2")) {
      var instance = until(id, "available");
      assertThat(instance.engineVersion()).isEqualTo("17.5");
      assertThat(instance.dbParameterGroups())
          .extracting(DBParameterGroupStatus::dbParameterGroupName)
          .containsExactly("default.aurora-postgresql17");
    }
    assertThat(host.volumes.get(storage()).version()).isEqualTo("17.11");
    assertThat(host.volumes.values())
        .extracting(FakeDatabaseHost.Volume::version)
        .contains("15.18");
    assertThat(host.followed.keySet())
        .allSatisfy(each -> assertThat(host.volumes.get(each).version()).isEqualTo("17.11"));
  }

  @Test
  void aSnapshotOfTheOldVersionIsTakenFirst_andTheEventsTell() {
    cluster("prod-1");
    upgrade();
    settled();
    assertThat(snapshots()).singleElement().asString().startsWith("preupgrade-prod-15-4-to-17-5-");
    var snapshot =
        engine
            .rds
            .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(snapshots().getFirst()))
            .dbClusterSnapshots()
            .getFirst();
    assertThat(snapshot.status()).isEqualTo("available");
    assertThat(snapshot.engineVersion()).isEqualTo("15.4");
    assertThat(events("db-cluster", "prod"))
        .containsSubsequence(
            "Upgrade in progress: Performing online pre-upgrade checks.",
            "Upgrade in progress: Creating pre-upgrade snapshot [" + snapshots().getFirst() + "].",
            "Upgrade in progress: Upgrading database objects.",
            "Database cluster major version has been upgraded")
        .doesNotContain("Database cluster has been patched");
  }

  @Test
  void whereNothingSharesBlocksThereIsNoSnapshot() {
    host.sharing = false;
    cluster("prod-1");
    upgrade();
    assertThat(settled().engineVersion()).isEqualTo("17.5");
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void itWaitsUnlessItIsWantedAtOnce_andCanBeTakenBack() {
    cluster("prod-1");
    var waiting = modify(r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    assertThat(waiting.status()).isEqualTo("available");
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    assertThat(waiting.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql15");

    assertThat(modify(r -> r.engineVersion("15.4")).pendingModifiedValues()).isNull();
    modify(r -> r.applyImmediately(true));
    assertThat(engine.describe("prod").engineVersion()).isEqualTo("15.4");

    modify(r -> r.engineVersion("17").allowMajorVersionUpgrade(true));
    assertThat(modify(r -> r.applyImmediately(true)).status()).isEqualTo("upgrading");
    assertThat(settled().engineVersion()).isEqualTo("17.11");
  }

  @Test
  void whoHasGroupsOfItsOwnMustSayWhichOnesComeNext() {
    cluster("prod-1");
    group("old", "aurora-postgresql15");
    group("new", "aurora-postgresql17");
    modify(r -> r.dbClusterParameterGroupName("old").applyImmediately(true));
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("prod-1").dbParameterGroupName("old").applyImmediately(true));

    refused(
        "The current DB instance parameter group old is custom. You must explicitly specify a new DB"
            + " instance parameter group, either default or custom, for the engine version upgrade.",
        this::upgrade);
    refused(
        "The current DB cluster parameter group old is custom.",
        () ->
            modify(r ->
                r.engineVersion("17.5")
                    .allowMajorVersionUpgrade(true)
                    .dbInstanceParameterGroupName("new")
                    .applyImmediately(true)));
    refused(
        "The Parameter Group old with DBParameterGroupFamily aurora-postgresql15 cannot be used",
        () ->
            modify(r ->
                r.engineVersion("17.5")
                    .allowMajorVersionUpgrade(true)
                    .dbInstanceParameterGroupName("new")
                    .dbClusterParameterGroupName("old")
                    .applyImmediately(true)));
    assertThat(engine.describe("prod").status()).isEqualTo("available");

    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("new")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod(ApplyMethod.IMMEDIATE)
                    .build()));
    modify(r ->
        r.engineVersion("17.5")
            .allowMajorVersionUpgrade(true)
            .dbInstanceParameterGroupName("new")
            .dbClusterParameterGroupName("new")
            .applyImmediately(true));
    assertThat(settled().dbClusterParameterGroup()).isEqualTo("new");
    assertThat(until("prod-1", "available").dbParameterGroups())
        .extracting(
            DBParameterGroupStatus::dbParameterGroupName,
            DBParameterGroupStatus::parameterApplyStatus)
        .containsExactly(tuple("new", "in-sync"));
    assertThat(host.parameters.get(storage())).containsEntry("work_mem", "8192");
  }

  @Test
  void anInstanceGroupWithoutAnUpgradeIsRefusedAsBefore() {
    cluster("prod-1");
    refused(
        "db-instance-parameter-group-name can only be specified for a major engine version upgrade",
        () -> modify(r -> r.dbInstanceParameterGroupName("default.aurora-postgresql15")));
  }

  @Test
  void whatIsInTheWayIsToldAndNothingStops() {
    cluster("prod-1");
    host.problems.put(storage(), List.of("* There are uncommitted prepared transactions."));
    var starts = host.starts.get();
    upgrade();
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    until("prod-1", "available");
    assertThat(host.starts.get()).isEqualTo(starts);
    assertThat(snapshots()).isEmpty();
    assertThat(events("db-cluster", "prod"))
        .last()
        .asString()
        .startsWith(
            "Database cluster is in a state that cannot be upgraded: PreUpgrade checks failed: * There are");
    assertThat(host.addedLogs.get("pg_upgrade_precheck.log"))
        .contains(
            "The instance could not be upgraded from 15.4 to 17.5 for the following reasons.",
            "uncommitted prepared transactions");
  }

  @Test
  void oneThatFailsLeavesTheOldVersionAtWork() {
    cluster("prod-1", "prod-2");
    host.failNextReplacementWith(new HostException("a view is in the way"));
    upgrade();
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql15");
    until("prod-1", "available");
    until("prod-2", "available");
    assertThat(host.running(storage())).isTrue();
    assertThat(host.volumes.get(storage()).version()).isEqualTo("15.18");
    assertThat(events("db-cluster", "prod"))
        .contains("Database cluster is in a state that cannot be upgraded: a view is in the way")
        .doesNotContain(
            "Database cluster has been patched",
            "Database cluster major version has been upgraded");
    assertThat(events("db-instance", "prod-1")).contains("DB instance restarted");
  }

  @Test
  void aClusterWithoutAnInstanceIsNotUpgraded() {
    cluster();
    assertThatThrownBy(this::upgrade).hasMessageContaining("without a healthy primary instance");
  }

  @Test
  void oneThatWasCutShortBeforeItsVolumeChangedIsAsItWas() throws Exception {
    cluster("prod-1");
    host.hold();
    upgrade();
    host.failWith(new HostException("the engine is shutting down"));
    engine.close();
    host.failWith(null);
    host.release();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("15.4");
    assertThat(prod.pendingModifiedValues()).isNull();
    until("prod-1", "available");
  }

  @Test
  void oneThatWasCutShortAfterThatIsFinishedByTheNextStart() throws Exception {
    cluster("prod-1");
    host.hold();
    upgrade();
    var storage = storage();
    host.failWith(new HostException("the engine is shutting down"));
    engine.close();
    host.failWith(null);
    host.release();
    host.upgrade(storage, "17.5", List.of());

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var prod = settled();
    assertThat(prod.engineVersion()).isEqualTo("17.5");
    assertThat(prod.dbClusterParameterGroup()).isEqualTo("default.aurora-postgresql17");
    assertThat(prod.pendingModifiedValues()).isNull();
    assertThat(until("prod-1", "available").dbParameterGroups())
        .extracting(DBParameterGroupStatus::dbParameterGroupName)
        .containsExactly("default.aurora-postgresql17");
  }

  @Test
  void oneThatWaitsOutlivesARestart() throws Exception {
    cluster("prod-1");
    modify(r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    engine.close();
    engine = TestEngine.start(memory, host, Clock.systemUTC());
    assertThat(settled().pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    until("prod-1", "available");
    modify(r -> r.applyImmediately(true));
    assertThat(settled().engineVersion()).isEqualTo("17.5");
  }

  @Test
  void aPlainInstanceIsUpgradedWithItsReplica() {
    var own = plain("own");
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("own"));
    until("copy", "available");
    assertThatThrownBy(
            () -> modify("copy", r -> r.engineVersion("17").allowMajorVersionUpgrade(true)))
        .hasMessageContaining("it gets another major version with its source");

    var waiting = modify("own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true));
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo("17.5");
    var answer = modify("own", r -> r.applyImmediately(true));
    assertThat(answer.dbInstanceStatus()).isEqualTo("upgrading");
    assertThat(answer.engineVersion()).isEqualTo("15.4");

    var upgraded = until("own", "available");
    assertThat(upgraded.engineVersion()).isEqualTo("17.5");
    assertThat(upgraded.pendingModifiedValues()).isEqualTo(PendingModifiedValues.builder().build());
    assertThat(upgraded.dbParameterGroups())
        .extracting(DBParameterGroupStatus::dbParameterGroupName)
        .containsExactly("default.postgres17");
    assertThat(upgraded.endpoint()).isEqualTo(own.endpoint());
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(host.volumes.values())
        .filteredOn(each -> each.listen() != null)
        .extracting(FakeDatabaseHost.Volume::version)
        .containsOnly("17.11");
    assertThat(events("db-instance", "own"))
        .containsSubsequence(
            "The pre-check started for the DB engine version upgrade.",
            "The pre-check finished for the DB engine version upgrade.",
            "The downtime started for the DB instance.",
            "The engine version upgrade started.",
            "The engine version upgrade finished.");
  }

  @Test
  void aPlainInstanceWhoseUpgradeFailsHasItsOldVersion() {
    plain("own");
    host.failNextReplacementWith(new HostException("a view is in the way"));
    modify(
        "own", r -> r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true));
    var own = until("own", "available");
    assertThat(own.engineVersion()).isEqualTo("15.4");
    assertThat(own.pendingModifiedValues()).isEqualTo(PendingModifiedValues.builder().build());
    assertThat(events("db-instance", "own"))
        .contains(
            "Database instance is in a state that cannot be upgraded: a view is in the way",
            "The DB engine version upgrade failed. The engine version upgrade rollback succeeded.");
  }
}
