package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceReadReplicaRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/// Instances that follow another one, which is in no DB cluster.
class ReadReplicaTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

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

  private DBInstance source(Consumer<CreateDbInstanceRequest.Builder> more) {
    engine.rds.createDBInstance(request ->
        more.accept(
            request
                .dbInstanceIdentifier("own")
                .engine("postgres")
                .dbInstanceClass("db.t4g.small")
                .allocatedStorage(30)
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD)));
    return until("own", "available");
  }

  private DBInstance create(String id, Consumer<CreateDbInstanceReadReplicaRequest.Builder> more) {
    return engine
        .rds
        .createDBInstanceReadReplica(request ->
            more.accept(request.dbInstanceIdentifier(id).sourceDBInstanceIdentifier("own")))
        .dbInstance();
  }

  private DBInstance replica(String id) {
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

  private void delete(String id) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
  }

  private DBInstance promote(String id) {
    return engine.rds.promoteReadReplica(r -> r.dbInstanceIdentifier(id)).dbInstance();
  }

  private StorageId storage(DBInstance instance) {
    return host.storageAt(instance.endpoint().address());
  }

  private static void refused(String code, String why, ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            RdsException.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  @Test
  void anInstanceWithoutReplicasShowsNone() {
    var own = source(_ -> {});
    assertThat(own.readReplicaDBInstanceIdentifiers()).isEmpty();
    assertThat(own.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(own.statusInfos()).isEmpty();
  }

  @Test
  void aReplicaFollowsItsSourceAndBothSaySo() {
    source(_ -> {});
    assertThat(create("copy", _ -> {}).dbInstanceStatus()).isEqualTo("creating");
    var copy = until("copy", "available");
    var own = engine.describeInstance("own");

    assertThat(host.followed).containsExactly(Map.entry(storage(copy), storage(own)));
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    assertThat(own.readReplicaDBInstanceIdentifiers()).containsExactly("copy");
    assertThat(copy.statusInfos())
        .containsExactly(
            DBInstanceStatusInfo.builder()
                .statusType("read replication")
                .normal(true)
                .status("replicating")
                .build());
    assertThat(copy.endpoint().address()).isNotEqualTo(own.endpoint().address());
    assertThat(engine.rds.describeDBClusters().dbClusters()).isEmpty();
  }

  @Test
  void itInheritsWhatRdsInheritsAndHasNoBackups() {
    source(r ->
        r.port(5999)
            .dbName("orders")
            .engineVersion("17.4")
            .deletionProtection(true)
            .multiAZ(true)
            .backupRetentionPeriod(9)
            .tags(Tag.builder().key("team").value("orders").build()));
    var copy = replica("copy");

    assertThat(copy.endpoint().port()).isEqualTo(5999);
    assertThat(copy.dbName()).isEqualTo("orders");
    assertThat(copy.engineVersion()).isEqualTo("17.4");
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.small");
    assertThat(copy.allocatedStorage()).isEqualTo(30);
    assertThat(copy.masterUsername()).isEqualTo("shop");
    assertThat(copy.backupRetentionPeriod()).isZero();
    assertThat(copy.latestRestorableTime()).isNull();
    assertThat(copy.deletionProtection()).isFalse();
    assertThat(copy.multiAZ()).isFalse();
    assertThat(copy.tagList()).isEmpty();
  }

  @Test
  void whatTheRequestSaysCounts() {
    source(_ -> {});
    create("copy", r -> r.port(5998).dbInstanceClass("db.t4g.large").deletionProtection(true));
    var copy = until("copy", "available");
    assertThat(copy.endpoint().port()).isEqualTo(5998);
    assertThat(copy.dbInstanceClass()).isEqualTo("db.t4g.large");
    assertThat(copy.deletionProtection()).isTrue();
  }

  @Test
  void aPromotedReplicaIsAnInstanceLikeAnyOther() {
    var own = source(_ -> {});
    var copy = replica("copy");
    assertThat(promote("copy").dbInstanceStatus()).isEqualTo("modifying");

    var promoted = until("copy", "available");
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.statusInfos()).isEmpty();
    assertThat(promoted.backupRetentionPeriod()).isEqualTo(1);
    assertThat(promoted.endpoint()).isEqualTo(copy.endpoint());
    assertThat(promoted.dbiResourceId()).isEqualTo(copy.dbiResourceId());
    assertThat(engine.describeInstance("own").readReplicaDBInstanceIdentifiers()).isEmpty();
    assertThat(host.followed).isEmpty();
    assertThat(host.running(storage(own))).isTrue();
    engine.rds.createDBSnapshot(r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("s"));
    refused("InvalidDBInstanceState", "is not a read replica", () -> promote("own"));
  }

  @Test
  void aReplicaOfADeletedSourceIsPromoted() {
    source(_ -> {});
    replica("copy");
    replica("other");
    delete("own");
    engine.awaitInstanceGone("own");

    for (var id : List.of("copy", "other")) {
      var left = until(id, "available");
      assertThat(left.readReplicaSourceDBInstanceIdentifier()).isNull();
      assertThat(host.running(storage(left))).isTrue();
    }
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).hasSize(2);
  }

  @Test
  void aSourceIsNotDeletedWhileAReplicaIsBeingMade() {
    source(_ -> {});
    host.hold();
    create("copy", _ -> {});
    refused("InvalidDBInstanceState", "is being created", () -> delete("own"));
    host.release();
    until("copy", "available");
    delete("own");
    engine.awaitInstanceGone("own");
  }

  @Test
  void aDeletedReplicaLeavesItsSourceAndNothingElse() {
    source(_ -> {});
    replica("copy");
    refused(
        "InvalidParameterCombination",
        "can not be specified when deleting a replica instance",
        () ->
            engine.rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("copy").finalDBSnapshotIdentifier("last")));
    delete("copy");
    engine.awaitInstanceGone("copy");
    assertThat(host.followed).isEmpty();
    assertThat(host.volumes).hasSize(1);
    assertThat(engine.describeInstance("own").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  @Test
  void aReplicaThatCannotBeMadeSaysSoAndGoes() {
    source(_ -> {});
    host.failNextStartWith(new HostException("the disk is full"));
    create("copy", _ -> {});
    var failed = until("copy", "failed");
    assertThat(failed.statusInfos().getFirst().message()).contains("the disk is full");
    delete("copy");
    engine.awaitInstanceGone("copy");
    assertThat(host.volumes).hasSize(1);
  }

  @Test
  void aRebootedReplicaFollowsAgain() {
    source(_ -> {});
    replica("copy");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("copy"));
    until("copy", "available");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void replicasAreUpgradedWithTheirSource() {
    source(r -> r.engineVersion("17.4"));
    replica("copy");
    modify("own", r -> r.engineVersion("17.5").applyImmediately(true));
    assertThat(until("own", "available").engineVersion()).isEqualTo("17.5");
    assertThat(until("copy", "available").engineVersion()).isEqualTo("17.5");
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void replicasFindTheirSourceAtItsNewPort() {
    source(_ -> {});
    replica("copy");
    modify("own", r -> r.dbPortNumber(5999));
    assertThat(engine.describeInstance("copy").dbInstanceStatus()).isIn("rebooting", "available");
    var copy = until("copy", "available");
    assertThat(copy.endpoint().port()).isEqualTo(5432);
    assertThat(until("own", "available").endpoint().port()).isEqualTo(5999);
    assertThat(host.followed).hasSize(1);
  }

  @Test
  void whatRdsRefusesIsRefused() {
    source(r -> r.backupRetentionPeriod(0));
    refused(
        "InvalidDBInstanceState",
        "Automated backups are not enabled for this database instance",
        () -> create("copy", _ -> {}));
    modify("own", r -> r.backupRetentionPeriod(1).applyImmediately(true));
    replica("copy");

    refused("DBInstanceAlreadyExists", "already exists", () -> create("copy", _ -> {}));
    refused(
        "DBInstanceNotFound", "none", () -> create("x", r -> r.sourceDBInstanceIdentifier("none")));
    refused(
        "InvalidParameterValue",
        "source to read replicas",
        () -> modify("own", r -> r.backupRetentionPeriod(0)));
    for (var id : List.of("own", "copy")) {
      refused(
          "InvalidDBInstanceState",
          "cannot be stopped",
          () -> engine.rds.stopDBInstance(r -> r.dbInstanceIdentifier(id)));
    }
    refused(
        "InvalidParameterCombination",
        "is that of its source",
        () -> modify("copy", r -> r.masterUserPassword("battery-staple")));
    refused(
        "InvalidParameterCombination",
        "is a read replica",
        () -> modify("copy", r -> r.backupRetentionPeriod(3)));
    refused(
        "InvalidDBInstanceState",
        "is a read replica",
        () ->
            engine.rds.createDBSnapshot(
                r -> r.dbInstanceIdentifier("copy").dbSnapshotIdentifier("s")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void mySqlAndMariaDbHaveThemToo(String name) {
    var own = source(r -> r.engine(name).masterUsername("admin"));
    var copy = replica("copy");
    assertThat(host.followed).containsExactly(Map.entry(storage(copy), storage(own)));
    assertThat(copy.engine()).isEqualTo(name);
    assertThat(copy.endpoint().port()).isEqualTo(3306);
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    assertThat(copy.statusInfos().getFirst().status()).isEqualTo("replicating");

    promote("copy");
    assertThat(until("copy", "available").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(host.followed).isEmpty();
  }

  @Test
  void aBinaryLogIsWrittenWhereThereAreBackups() {
    var own = storage(source(r -> r.engine("mariadb").backupRetentionPeriod(0)));
    assertThat(host.parameters.get(own)).containsEntry("log_bin", "0");
    refused("InvalidDBInstanceState", "backups are not enabled", () -> create("copy", _ -> {}));

    var starts = host.starts.get();
    modify("own", r -> r.backupRetentionPeriod(3).applyImmediately(true));
    until("own", "available");
    assertThat(host.parameters.get(own)).doesNotContainKey("log_bin");
    assertThat(host.starts).hasValue(starts + 1);

    modify("own", r -> r.backupRetentionPeriod(5).applyImmediately(true));
    until("own", "available");
    assertThat(host.starts).hasValue(starts + 1);

    modify("own", r -> r.backupRetentionPeriod(0).applyImmediately(true));
    until("own", "available");
    assertThat(host.parameters.get(own)).containsEntry("log_bin", "0");
  }

  @Test
  void backupsThatAreAboutToBeSwitchedOffAllowNoReplica() {
    source(r -> r.engine("mariadb"));
    var waiting = modify("own", r -> r.backupRetentionPeriod(0)).pendingModifiedValues();
    assertThat(waiting.backupRetentionPeriod()).isZero();
    refused(
        "InvalidDBInstanceState",
        "a BackupRetentionPeriod of 0 waits to be applied",
        () -> create("copy", _ -> {}));

    modify("own", r -> r.backupRetentionPeriod(1));
    replica("copy");
  }

  /// An earlier engine let both be.
  @Test
  void backupsThatWereToBeSwitchedOffBeforeThereWereReplicasStayOn() throws Exception {
    var own = source(r -> r.engine("mariadb"));
    replica("copy");
    awaitSwitchOff(own);
    var starts = host.starts.get();

    refused(
        "InvalidParameterValue",
        "source to read replicas",
        () -> modify("own", r -> r.multiAZ(true).applyImmediately(true)));
    assertThat(host.starts).hasValue(starts);
    assertThat(host.parameters.get(storage(own))).doesNotContainKey("log_bin");

    modify("own", r -> r.backupRetentionPeriod(2).multiAZ(true).applyImmediately(true));
    assertThat(until("own", "available").backupRetentionPeriod()).isEqualTo(2);
  }

  /// Lets it wait in what the engine remembers.
  private void awaitSwitchOff(DBInstance own) throws Exception {
    engine.close();
    var json = new ObjectMapper();
    var file = memory.resolve("instances").resolve(own.dbiResourceId() + ".json").toFile();
    var remembered = json.readTree(file);
    ((ObjectNode) remembered.get("settings"))
        .putObject("PendingModifiedValues")
        .put("BackupRetentionPeriod", 0);
    json.writeValue(file, remembered);
    engine = TestEngine.start(memory, host, Clock.systemUTC());
    until("own", "available");
    until("copy", "available");
  }

  @Test
  void membersOfClustersHaveNone() {
    engine.cluster("prod");
    refused(
        "InvalidParameterValue",
        "use the CreateDBInstance API",
        () -> create("copy", r -> r.sourceDBInstanceIdentifier("prod-1")));
  }

  @Test
  void theNextStartLetsReplicasFollowAgain() throws Exception {
    source(_ -> {});
    replica("copy");
    engine.close();
    host.followed.clear();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var copy = until("copy", "available");
    assertThat(host.followed)
        .containsExactly(Map.entry(storage(copy), storage(until("own", "available"))));
  }

  @Test
  void aPromotionThatWasCutShortIsDoneByTheNextStart() throws Exception {
    source(_ -> {});
    var copy = storage(replica("copy"));
    host.failWith(new HostException("killed"));
    promote("copy");
    engine.close();
    assertThat(host.followed).containsKey(copy);
    host.failWith(null);

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    assertThat(until("copy", "available").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(host.followed).isEmpty();
  }

  /// As an engine leaves it that is killed between the records.
  @Test
  void aPromotionOfWhichOnlyTheInstanceKnowsCanBeAskedForAgain() throws Exception {
    source(_ -> {});
    replica("copy");
    var before = records("clusters");
    host.hold();
    promote("copy");
    engine.close();
    for (var file : before.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var copy = until("copy", "available");
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    promote("copy");
    var promoted = until("copy", "available");
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.backupRetentionPeriod()).isEqualTo(1);
    assertThat(host.followed).isEmpty();
  }

  private Map<Path, byte[]> records(String kind) throws IOException {
    var records = new HashMap<Path, byte[]>();
    try (var files = Files.list(memory.resolve(kind))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        records.put(file, Files.readAllBytes(file));
      }
    }
    return records;
  }

  @Test
  void aFormulaKnowsWhetherItIsCountedForAReplica() {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily("postgres17").description("d"));
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("SUM({TrueIfReplica*1000},4000)")
                    .applyMethod(ApplyMethod.IMMEDIATE)
                    .build()));
    var source = storage(source(r -> r.dbParameterGroupName("own")));
    var replica = storage(replica("copy"));
    assertThat(host.parameters.get(source)).containsEntry("work_mem", "4000");
    assertThat(host.parameters.get(replica)).containsEntry("work_mem", "5000");

    promote("copy");
    until("copy", "available");
    assertThat(host.parameters.get(replica)).containsEntry("work_mem", "4000");
  }
}
