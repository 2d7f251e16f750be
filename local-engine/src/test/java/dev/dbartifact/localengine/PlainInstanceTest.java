package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.misbehaviour.Rules;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.ApplyMethod;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Filter;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.RdsException;

/// Instances with a server and storage of their own: how they are made, changed and gone.
class PlainInstanceTest extends PlainInstanceFixture {

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
    assertThat(messages("own"))
        .containsExactly("DB instance created", "DB instance stopped", "DB instance started");
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
        "Modify master user password for the DB Cluster",
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
