package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The values of groups arrive at the servers: at once, or at a reboot.
class ParameterTest extends ParameterFixture {

  @Test
  void aServerHasTheEnginesSettingsAtFirst() {
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThat(ofTheInstance()).isEqualTo("in-sync");
  }

  /// A db.r6g.large has 16 GiB.
  @Test
  void aFormulaCountsWithTheClassOfTheInstance() {
    ofCluster("work_mem", "LEAST({DBInstanceClassMemory/1048576},5000)", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "5000"));

    ofCluster("work_mem", "{DBInstanceVCPU*100}", "immediate");
    TestEngine.await("in-sync", () -> ofTheServer().equals(Map.of("work_mem", "200")));
    assertThatThrownBy(() -> ofCluster("work_mem", "{DBInstanceMemory}", "immediate"))
        .hasMessageContaining("Invalid parameter value: {DBInstanceMemory} for: work_mem");
  }

  /// On AWS another class is an outage, after which formulas count with it. A db.r6g.2xlarge has
  /// eight processors.
  @Test
  void aFormulaCountsWithTheNextClassOfTheInstance() {
    ofCluster("work_mem", "{DBInstanceVCPU*100}", "immediate");
    ofInstance("max_connections", "{DBInstanceVCPU*10}", "pending-reboot");
    reboot();

    changeClass("db.r6g.2xlarge");

    awaitAvailable();
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "800", "max_connections", "80"));
    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThat(ofTheInstance()).isEqualTo("in-sync");
    assertThat(messages("shop-1")).contains("Finished applying modification to DB instance class.");
  }

  @Test
  void anotherClassWithWhichNothingCountsTakesNoRestart() {
    ofCluster("work_mem", "8192", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    var starts = host.starts.get();

    changeClass("db.r6g.2xlarge");

    assertThat(engine.describeInstance("shop-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(host.starts).hasValue(starts);
  }

  private void changeClass(String wanted) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("shop-1").dbInstanceClass(wanted).applyImmediately(true));
  }

  /// A replica is what it can be, and this instance is none.
  @Test
  void aFormulaThatDividesByZeroWithSomeInstancesIsRefused() {
    assertThatThrownBy(() -> ofCluster("work_mem", "{1000/TrueIfReplica}", "immediate"))
        .hasMessageContaining("Invalid parameter value: {1000/TrueIfReplica} for: work_mem");
  }

  /// Two capacity units have one processor, whose logarithm is 0.
  @Test
  void aFormulaWithoutAValueForAnInstanceLeavesItsServerTheDefault() {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("small")
            .engine("aurora-postgresql")
            .dbClusterParameterGroupName("tuned")
            .serverlessV2ScalingConfiguration(s -> s.minCapacity(0.5).maxCapacity(2.0))
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    ofCluster("work_mem", "{1000/log(DBInstanceVCPU)}", "immediate");

    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("small-1")
            .dbClusterIdentifier("small")
            .dbInstanceClass("db.serverless")
            .engine("aurora-postgresql"));

    until("small-1", "available");
    assertThat(host.parameters.get(volume("small"))).isEmpty();
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "1000"));
  }

  @Test
  void whatOnlyRdsHasIsKeptAndReachesNoServer() {
    ofCluster("rds.log_retention_period", "1440", "immediate");
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThatThrownBy(() -> ofCluster("rds.log_retention_period", "60", "immediate"))
        .hasMessageContaining("allowed values are: 1440-10080");
    assertThatThrownBy(() -> ofCluster("rds.colour", "1", "immediate"))
        .hasMessageContaining("Could not find parameter with name: rds.colour");
  }

  /// As on RDS, where that decides who may log in, and is no setting of the server. The default is
  /// that of Aurora PostgreSQL 17.
  @Test
  void whetherTlsIsRequiredIsAppliedAtOnce() {
    assertThat(requiresTls()).isTrue();

    ofCluster("rds.force_ssl", "0", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(requiresTls()).isFalse();
    assertThat(ofTheServer()).isEmpty();

    engine.rds.resetDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName("tuned").resetAllParameters(true));
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(requiresTls()).isTrue();
  }

  @Test
  void oneIsAppliedAtOnceAlsoWhileSomethingElseIsChanged() throws Exception {
    engine.close();
    var clock = new TurnableClock(Instant.now());
    engine = TestEngine.start(memory, host, clock, Pace.aurora(1));
    turnUntil(clock, "shop-1", "available");
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("shop-1").newDBInstanceIdentifier("renamed").applyImmediately(true));
    turnUntil(clock, "renamed", "renaming");

    ofCluster("rds.force_ssl", "0", "immediate");

    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(requiresTls()).isFalse();
    assertThat(engine.describeInstance("renamed").dbInstanceStatus()).isEqualTo("renaming");
  }

  private void turnUntil(TurnableClock clock, String instance, String status) {
    TestEngine.await(
        status,
        () -> {
          clock.turn(Duration.ofSeconds(1));
          return engine.describeInstance(instance).dbInstanceStatus().equals(status);
        });
  }

  /// The engine is killed between the two.
  @Test
  void oneThatWasToldToNoServerIsAppliedByTheNextEngine(@TempDir Path killed) throws Exception {
    host.hold();
    ofCluster("rds.force_ssl", "0", "immediate");
    PowerCut.copy(memory, killed);
    host.release();
    engine.close();

    engine = TestEngine.start(killed, host, Clock.systemUTC());

    awaitAvailable();
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(requiresTls()).isFalse();
  }

  private boolean requiresTls() {
    return host.volumes.values().stream()
        .filter(each -> each.listen() != null)
        .allMatch(each -> each.listen().tls().required());
  }

  @Test
  void aDynamicOneIsAppliedAtOnce() {
    ofCluster("work_mem", "8192", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "8192"));

    engine.rds.resetDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName("tuned").resetAllParameters(true));
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheServer()).isEmpty();
  }

  @Test
  void aStaticOneWaitsForAReboot() {
    ofInstance("max_connections", "50", "pending-reboot");
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheInstance()).isEqualTo("pending-reboot");

    reboot();
    assertThat(ofTheServer()).isEqualTo(Map.of("max_connections", "50"));
    assertThat(ofTheInstance()).isEqualTo("in-sync");
  }

  @Test
  void theInstancesGroupOverrulesTheClusters() {
    ofCluster("work_mem", "8192", "immediate");
    ofInstance("work_mem", "16384", "immediate");
    TestEngine.await("in-sync", () -> ofTheInstance().equals("in-sync"));
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "16384"));
  }

  @Test
  void logicalReplicationIsALevelOfTheServersLog() {
    ofCluster("rds.logical_replication", "1", "pending-reboot");
    reboot();
    assertThat(ofTheServer()).isEqualTo(Map.of("wal_level", "logical"));
  }

  @Test
  void anotherGroupCountsFromTheNextReboot() {
    ofCluster("work_mem", "8192", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .dbClusterParameterGroupName("default." + FAMILY)
            .applyImmediately(true));
    assertThat(ofTheCluster()).isEqualTo("pending-reboot");
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "8192"));

    reboot();
    assertThat(ofTheCluster()).isEqualTo("in-sync");
    assertThat(ofTheServer()).isEmpty();
  }

  @Test
  void whatWaitsForARebootStillWaitsAfterARestartOfTheEngine() throws Exception {
    ofCluster("work_mem", "8192", "immediate");
    ofCluster("max_connections", "50", "pending-reboot");
    TestEngine.await("the reload", () -> ofTheServer().containsKey("work_mem"));
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    awaitAvailable();
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "8192"));
    assertThat(ofTheCluster()).isEqualTo("pending-reboot");
  }

  @Test
  void aServerThatCannotStartWithThemSaysSoAndIsSavedByAReset() {
    ofCluster("max_connections", "50", "pending-reboot");
    host.failStartsWith(new HostException("It ended while it was starting"));
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstance(
        "shop-1", each -> each.dbInstanceStatus().equals("incompatible-parameters"));

    host.failStartsWith(null);
    engine.rds.resetDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName("tuned").resetAllParameters(true));
    reboot();
    assertThat(ofTheServer()).isEmpty();
  }

  @Test
  void aCloneHasTheDefaultGroupNotTheSources() {
    ofCluster("work_mem", "8192", "immediate");
    engine.restore("dev", "shop");
    engine.createInstance("dev-1", "dev");
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(host.parameters.get(volume("dev"))).isEmpty();
  }
}
