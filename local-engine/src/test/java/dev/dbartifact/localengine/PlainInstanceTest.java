package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.misbehaviour.Rules;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/// The life of an instance that is in no DB cluster.
class PlainInstanceTest {

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

  private DBInstance create(String id, Consumer<CreateDbInstanceRequest.Builder> more) {
    return engine
        .rds
        .createDBInstance(request -> {
          request
              .dbInstanceIdentifier(id)
              .engine("postgres")
              .dbInstanceClass("db.t4g.micro")
              .allocatedStorage(20)
              .masterUsername("shop")
              .masterUserPassword(TestEngine.PASSWORD);
          more.accept(request);
        })
        .dbInstance();
  }

  private DBInstance made(String id) {
    create(id, _ -> {});
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

  private void snapshot(String id, String instance) {
    engine.rds.createDBSnapshot(r -> r.dbSnapshotIdentifier(id).dbInstanceIdentifier(instance));
    // The instance is there a moment before its snapshot.
    TestEngine.await("snapshot " + id, () -> describeSnapshot(id).status().equals("available"));
    until(instance, "available");
  }

  private DBSnapshot describeSnapshot(String id) {
    return engine
        .rds
        .describeDBSnapshots(request -> request.dbSnapshotIdentifier(id))
        .dbSnapshots()
        .getFirst();
  }

  /// The one volume whose server listens where the instance answers.
  private FakeDatabaseHost.Volume volume(DBInstance instance) {
    return host.volumes.get(storage(instance));
  }

  private StorageId storage(DBInstance instance) {
    return host.storageAt(instance.endpoint().address());
  }

  @Test
  void itIsNoClusterAndHasAServerOfItsOwn() {
    assertThat(create("own", _ -> {}).endpoint()).isNull();
    var own = until("own", "available");

    assertThat(own.dbClusterIdentifier()).isNull();
    assertThat(own.endpoint().port()).isEqualTo(5432);
    assertThat(volume(own).password()).isEqualTo(TestEngine.PASSWORD);
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
    assertThatThrownBy(() -> engine.describe("own")).isInstanceOf(DbClusterNotFoundException.class);
    assertThatThrownBy(() -> engine.restore("copy", "own"))
        .isInstanceOf(DbClusterNotFoundException.class);
  }

  @Test
  void itMayHaveTheNameOfACluster() {
    var cluster = engine.cluster("shop");
    var own = made("shop");

    assertThat(own.dbInstanceArn()).endsWith(":db:shop");
    assertThat(engine.describe("shop").dbClusterMembers())
        .extracting(each -> each.dbInstanceIdentifier())
        .containsExactly("shop-1");
    assertThat(ofCluster("shop")).containsExactly("shop-1");

    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop").skipFinalSnapshot(true));
    engine.awaitInstanceGone("shop");
    assertThat(engine.describe("shop").endpoint()).isEqualTo(cluster.endpoint());
    assertThat(engine.volume(cluster).listen()).isNotNull();
  }

  private List<String> ofCluster(String id) {
    var filter = Filter.builder().name("db-cluster-id").values(id).build();
    return engine.rds.describeDBInstances(request -> request.filters(filter)).dbInstances().stream()
        .map(DBInstance::dbInstanceIdentifier)
        .toList();
  }

  @Test
  void eachEngineHasItsVersionsItsPortAndItsServer() {
    create("my", request -> request.engine("mysql").masterUsername("admin").dbName("shop"));
    create("maria", request -> request.engine("mariadb").engineVersion("10.11"));
    create("old", request -> request.engineVersion("15"));

    var my = until("my", "available");
    assertThat(my.engineVersion()).isEqualTo("8.0.42");
    assertThat(my.endpoint().port()).isEqualTo(3306);
    assertThat(my.dbParameterGroups().getFirst().dbParameterGroupName())
        .isEqualTo("default.mysql8.0");
    assertThat(my.optionGroupMemberships().getFirst().optionGroupName())
        .isEqualTo("default:mysql-8-0");
    assertThat(volume(my).version()).isEqualTo("10.11.19");
    assertThat(until("maria", "available").engineVersion()).isEqualTo("10.11.19");
    assertThat(volume(until("old", "available")).version()).isEqualTo("15.18");
    assertThat(host.parameters.values())
        .as("those with backups can be followed")
        .containsExactly(java.util.Map.of(), java.util.Map.of(), java.util.Map.of());
    assertThat(families("mysql")).containsExactly("mysql8.0");
    assertThat(families("mariadb")).containsExactly("mariadb10.11");
    assertThat(families("postgres")).containsExactly("postgres15", "postgres17");
  }

  private List<String> families(String of) {
    return engine.rds.describeDBEngineVersions(r -> r.engine(of)).dbEngineVersions().stream()
        .map(DBEngineVersion::dbParameterGroupFamily)
        .distinct()
        .toList();
  }

  @Test
  void anEmptyDatabaseNameIsNone() {
    create("own", request -> request.dbName(""));
    assertThat(until("own", "available").dbName()).isNull();
  }

  @Test
  void itsFirstPasswordIsPendingUntilItIsThere() {
    var answer = create("own", _ -> {});
    assertThat(answer.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(until("own", "available").pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void aNewPasswordHoldsSomeTimeAfterTheAnswer() {
    var own = made("own");
    host.hold();
    var answer = modify("own", request -> request.masterUserPassword("battery-staple"));
    assertThat(answer.pendingModifiedValues().masterUserPassword()).isEqualTo("****");
    assertThat(volume(own).password()).isEqualTo(TestEngine.PASSWORD);

    host.release();
    engine.awaitInstance("own", each -> each.pendingModifiedValues().equals(NOTHING));
    assertThat(volume(own).password()).isEqualTo("battery-staple");
  }

  @Test
  void whatIsNotWantedAtOnceWaits() {
    made("own");
    var waiting = modify("own", r -> r.allocatedStorage(30).dbInstanceClass("db.t4g.small"));
    assertThat(waiting.allocatedStorage()).isEqualTo(20);
    assertThat(waiting.pendingModifiedValues().allocatedStorage()).isEqualTo(30);

    var given = modify("own", r -> r.applyImmediately(true));
    assertThat(given.allocatedStorage()).isEqualTo(30);
    assertThat(given.dbInstanceClass()).isEqualTo("db.t4g.small");
    assertThat(given.pendingModifiedValues()).isEqualTo(NOTHING);
  }

  @Test
  void aRenamedInstanceKeepsItsDataItsAddressAndItsArnSaysSo() {
    var own = made("own");
    modify("own", r -> r.newDBInstanceIdentifier("new").applyImmediately(true));

    var renamed = engine.describeInstance("new");
    assertThat(renamed.dbInstanceArn()).endsWith(":db:new");
    assertThat(renamed.dbiResourceId()).isEqualTo(own.dbiResourceId());
    assertThat(renamed.endpoint()).isEqualTo(own.endpoint());
    assertThatThrownBy(() -> engine.describeInstance("own"))
        .isInstanceOf(DbInstanceNotFoundException.class);
  }

  @Test
  void anotherPortRestartsTheServerThere() {
    var own = made("own");
    modify("own", r -> r.dbPortNumber(5999));

    var moved = until("own", "available");
    assertThat(moved.endpoint().port()).isEqualTo(5999);
    assertThat(volume(own).listen().port()).isEqualTo(5999);
  }

  @Test
  void aStoppedInstanceHasNoServerAndComesBack() {
    var own = made("own");
    var stopping = engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("own")).dbInstance();
    assertThat(stopping.dbInstanceStatus()).isEqualTo("stopping");
    until("own", "stopped");
    assertThat(host.volumes.values()).extracting(FakeDatabaseHost.Volume::listen).containsNull();
    refused(InvalidDbInstanceStateException.class, "stopped", () -> modify("own", _ -> {}));

    engine.rds.startDBInstance(r -> r.dbInstanceIdentifier("own"));
    until("own", "available");
    assertThat(volume(own).listen()).isNotNull();
    assertThat(events("own"))
        .containsExactly("DB instance created", "DB instance stopped", "DB instance started");
  }

  private List<String> events(String instance) {
    return engine
        .rds
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(instance))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  private static void refused(
      Class<? extends RdsException> fault,
      String why,
      org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
    assertThatThrownBy(asked).isInstanceOf(fault).hasMessageContaining(why);
  }

  @Test
  void aSnapshotHoldsWhatWasThereThen() {
    made("own");
    write("own", "then");
    snapshot("before", "own");
    write("own", "later");

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.targetDBInstanceIdentifier("latest")
            .sourceDBInstanceIdentifier("own")
            .useLatestRestorableTime(true));

    assertThat(words(until("copy", "available"))).containsExactly("then");
    assertThat(words(until("latest", "available"))).containsExactly("then", "later");
    assertThat(volume(engine.describeInstance("copy")).madeBy()).isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(volume(engine.describeInstance("latest")).madeBy())
        .isEqualTo(CloneKind.COPY_ON_WRITE);
    assertThat(events("copy"))
        .containsExactlyInAnyOrder("Restored from snapshot before", "DB instance created");
  }

  private void write(String instance, String word) {
    host.words
        .computeIfAbsent(
            storage(engine.describeInstance(instance)),
            _ -> new java.util.concurrent.CopyOnWriteArrayList<>())
        .add(word);
  }

  private List<String> words(DBInstance instance) {
    return host.words.get(storage(instance));
  }

  @Test
  void aRestoreTakesDefaultsAndNotTheSourcesSettings() {
    create(
        "own",
        request ->
            request
                .deletionProtection(true)
                .multiAZ(true)
                .port(5999)
                .backupRetentionPeriod(9)
                .copyTagsToSnapshot(true)
                .tags(Tag.builder().key("team").value("orders").build()));
    until("own", "available");
    snapshot("before", "own");
    assertThat(describeSnapshot("before").tagList()).hasSize(1);

    var copy =
        engine
            .rds
            .restoreDBInstanceFromDBSnapshot(
                r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"))
            .dbInstance();

    assertThat(copy.deletionProtection()).isFalse();
    assertThat(copy.multiAZ()).isFalse();
    assertThat(copy.copyTagsToSnapshot()).isFalse();
    assertThat(copy.tagList()).isEmpty();
    assertThat(copy.backupRetentionPeriod()).isEqualTo(9);
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.micro");
    assertThat(until("copy", "available").endpoint().port()).isEqualTo(5999);
  }

  @Test
  void aRestoreThatFailsSaysSo() {
    made("own");
    snapshot("before", "own");
    host.failWith(new HostException("the disk is full"));
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("before"));

    var failed = until("copy", "restore-error");
    assertThat(failed.statusInfos().getFirst().message()).contains("the disk is full");
    host.failWith(null);
    refused(
        InvalidDbInstanceStateException.class,
        "SkipFinalSnapshot",
        () ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("copy").finalDBSnapshotIdentifier("last")));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("copy").skipFinalSnapshot(true));
    engine.awaitInstanceGone("copy");
  }

  @Test
  void aDeletedInstanceLeavesItsSnapshotsAndNothingElse() {
    made("own");
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    engine.awaitInstanceGone("own");

    assertThat(describeSnapshot("last").status()).isEqualTo("available");
    assertThat(engine.rds.describeDBClusterSnapshots().dbClusterSnapshots()).isEmpty();
    assertThat(host.volumes).hasSize(1);
    engine.rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier("last"));
    TestEngine.await("the end of the snapshot", host.volumes::isEmpty);
  }

  @Test
  void anInstanceWhoseFinalSnapshotFailsStays() {
    made("own");
    host.failWith(new HostException("the disk is full"));
    engine.rds.deleteDBInstance(
        r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
    TestEngine.await("the failure", () -> describeSnapshot("last").status().equals("failed"));
    host.failWith(null);

    var kept = until("own", "available");
    assertThat(kept.statusInfos().getFirst().message()).contains("its final snapshot failed");
    assertThat(volume(kept)).isNotNull();
  }

  @Test
  void deletionProtectionHolds() {
    create("own", request -> request.deletionProtection(true));
    until("own", "available");
    refused(
        RdsException.class,
        "Cannot delete protected DB Instance",
        () ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("own").skipFinalSnapshot(true)));
    modify("own", r -> r.deletionProtection(false));
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("own").skipFinalSnapshot(true));
    engine.awaitInstanceGone("own");
  }

  @Test
  void aManagedPasswordIsASecretOfTheInstance() {
    create("own", r -> r.masterUserPassword(null).manageMasterUserPassword(true));
    var own = until("own", "available");
    assertThat(own.masterUserSecret().secretArn()).contains(":secret:rds!db-");
    assertThat(own.masterUserSecret().secretStatus()).isEqualTo("active");
    var first = volume(own).password();

    modify("own", r -> r.rotateMasterUserPassword(true).applyImmediately(true));
    TestEngine.await("another password", () -> !volume(own).password().equals(first));
    engine.awaitInstance("own", each -> each.masterUserSecret().secretStatus().equals("active"));

    modify("own", r -> r.manageMasterUserPassword(false).masterUserPassword("battery-staple"));
    TestEngine.await("the given one", () -> volume(own).password().equals("battery-staple"));
    assertThat(engine.describeInstance("own").masterUserSecret()).isNull();
  }

  @Test
  void allParametersAreInTheOneGroup() {
    made("own");
    engine.rds.createDBParameterGroup(r ->
        r.dbParameterGroupName("mine").dbParameterGroupFamily("postgres17").description("mine"));
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("mine")
            .parameters(
                Parameter.builder()
                    .parameterName("rds.logical_replication")
                    .parameterValue("1")
                    .applyMethod(ApplyMethod.PENDING_REBOOT)
                    .build()));
    modify("own", r -> r.dbParameterGroupName("mine"));
    assertThat(engine.describeInstance("own").dbParameterGroups().getFirst().parameterApplyStatus())
        .isEqualTo("pending-reboot");

    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    until("own", "available");
    assertThat(host.parameters.values()).containsExactly(java.util.Map.of("wal_level", "logical"));
  }

  @ParameterizedTest
  @CsvSource({"postgres, 128", "mysql, 41", "mariadb, 41"})
  void aPasswordIsAsLongAsTheEngineLetsIt(String of, int most) {
    assertThatThrownBy(
            () -> create("own", r -> r.engine(of).masterUserPassword("x".repeat(most + 1))))
        .hasMessageContaining("longer than " + most + " characters");
    create("own", r -> r.engine(of).masterUserPassword("x".repeat(most)));
    until("own", "available");
    assertThatThrownBy(() -> modify("own", r -> r.masterUserPassword("y".repeat(most + 1))))
        .hasMessageContaining("longer than " + most + " characters");
    modify("own", r -> r.masterUserPassword("y".repeat(most)));
  }

  @Test
  void aPasswordOfAnAuroraClusterHas41CharactersAtMost() {
    assertThatThrownBy(() ->
            engine.rds.createDBCluster(r ->
                r.dbClusterIdentifier("shop")
                    .engine("aurora-postgresql")
                    .masterUsername("shop")
                    .masterUserPassword("x".repeat(42))))
        .hasMessageContaining("longer than 41 characters");
  }

  @Test
  void itCanBeAskedToEndInAnotherState() throws Exception {
    engine.close();
    var rules =
        Rules.parse(
            """
            {"rules": [
              {"action": "rds:RestoreDBInstanceFromDBSnapshot", "resource": "broken-*",
               "endsIn": "incompatible-restore"}]}\
            """,
            LocalEngine.vocabulary());
    var options = TestEngine.options(memory, 40);
    engine =
        TestEngine.start(
            new LocalEngine.Options(
                memory,
                options.reach(),
                options.home(),
                TestEngine.KEY,
                Clock.systemUTC(),
                "memory",
                dev.dbartifact.localengine.pace.Pace.INSTANT,
                rules,
                40));
    made("own");
    snapshot("before", "own");
    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("broken-1").dbSnapshotIdentifier("before"));
    until("broken-1", "incompatible-restore");
  }

  @Test
  void whatIsOfClustersIsRefusedAndTheReverse() {
    engine.cluster("shop");
    refused(
        RdsException.class,
        "not eligible for stopping and starting",
        () -> engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier("shop-1")));
    refused(
        RdsException.class,
        "Please use the CreateDBClusterSnapshot API instead",
        () ->
            engine.rds.createDBSnapshot(
                r -> r.dbInstanceIdentifier("shop-1").dbSnapshotIdentifier("x")));
    refused(
        RdsException.class,
        "Set MasterUserPassword for the DB Cluster",
        () -> modify("shop-1", r -> r.masterUserPassword("battery-staple")));
    refused(
        RdsException.class,
        "needs a DBClusterIdentifier",
        () -> create("x", r -> r.engine("aurora-postgresql")));
    refused(
        RdsException.class,
        "Invalid DB engine: postgres",
        () ->
            engine.rds.createDBCluster(r ->
                r.dbClusterIdentifier("x")
                    .engine("postgres")
                    .masterUsername("shop")
                    .masterUserPassword(TestEngine.PASSWORD)));
  }
}
