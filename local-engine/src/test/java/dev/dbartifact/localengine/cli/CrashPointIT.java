package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.crash.CrashPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// An engine that is killed before or after any of its side effects, in a process of its own. The
/// next engine has every cluster, finishes or undoes what was half done, and finds nothing else.
@Tag("long")
class CrashPointIT {

  @TempDir static Path temporary;

  private static CrashingEngine engine;
  private static CrashRequests requests;
  private static CrashOutcome outcome;
  private static CrashAftermath aftermath;

  static Stream<Arguments> points() {
    return Stream.of(CrashPoint.values())
        .flatMap(point -> CrashCases.of(point).map(scenario -> Arguments.of(scenario, point)));
  }

  @BeforeAll
  static void prepare() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    engine = new CrashingEngine(temporary);
    var databases = new CrashDatabases(engine);
    requests = new CrashRequests(engine, databases);
    outcome = new CrashOutcome(engine, databases);
    aftermath = new CrashAftermath(engine, databases);
    engine.launch();
    requests.create("prod");
    requests.addInstance("prod", "prod-1");
    databases.execute(
        "prod", CrashDatabases.OLD, "create table orders as select generate_series(1, 1000) as id");
  }

  @AfterAll
  static void remove() throws Exception {
    engine.remove();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("points")
  void nothingIsHalfDone(CrashScenario scenario, CrashPoint point) throws Exception {
    var unclaimed = aftermath.unclaimed();
    scenario.prepare(requests);
    requests.awaitHistory("prod");

    engine.crash(point, () -> scenario.ask(requests));
    engine.launch();

    engine.awaitRest("rest after " + point);
    scenario.check(outcome, point);
    aftermath.everySecretIsThatOfACluster();
    aftermath.everyClusterAnswers(CrashScenario.RESETS.contains(scenario));
    aftermath.everyPlainInstanceAnswers();
    aftermath.nothingElseIsThere(unclaimed, mayBeUnrecorded(scenario, point));
  }

  /// Whether the volume may be whole before its cluster is remembered: a clone does not wait for
  /// its record to be written. From one whose record was lost the next engine cannot tell it.
  private static boolean mayBeUnrecorded(CrashScenario scenario, CrashPoint point) {
    return point == CrashPoint.CLUSTER_UNRECORDED
        || scenario == CrashScenario.MYSQL_CLONE && point == CrashPoint.VOLUME_SEALED;
  }

  /// Also after a case that failed, so that the others do not fail with it.
  @AfterEach
  void cleanUp() {
    var rds = engine.rds();
    removeSnapshots(rds);
    engine
        .plain()
        .forEach(each ->
            rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier(each.dbInstanceIdentifier()).skipFinalSnapshot(true)));
    engine.cluster("prod").dbClusterMembers().stream()
        .filter(member -> !member.isClusterWriter())
        .forEach(reader ->
            rds.deleteDBInstance(r -> r.dbInstanceIdentifier(reader.dbInstanceIdentifier())));
    rds.describeDBClusters().dbClusters().stream()
        .map(DBCluster::dbClusterIdentifier)
        .filter(id -> !id.equals("prod"))
        .forEach(requests::remove);
    engine.await("only the source", () -> isOnlyTheSource(rds));
  }

  private static void removeSnapshots(RdsClient rds) {
    rds.describeDBClusterSnapshots(r -> r.snapshotType("manual"))
        .dbClusterSnapshots()
        .forEach(each ->
            rds.deleteDBClusterSnapshot(
                r -> r.dbClusterSnapshotIdentifier(each.dbClusterSnapshotIdentifier())));
    rds.describeDBSnapshots(r -> r.snapshotType("manual"))
        .dbSnapshots()
        .forEach(
            each -> rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier(each.dbSnapshotIdentifier())));
  }

  private static boolean isOnlyTheSource(RdsClient rds) {
    return rds.describeDBClusters().dbClusters().size() == 1
        && rds.describeDBInstances().dbInstances().size() == 1
        && rds.describeDBClusterSnapshots(r -> r.snapshotType("manual"))
            .dbClusterSnapshots()
            .isEmpty()
        && rds.describeDBSnapshots().dbSnapshots().isEmpty();
  }
}
