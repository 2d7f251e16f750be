package dev.dbartifact.localengine.cli;

import static dev.dbartifact.localengine.cli.CrashDatabases.NEW;
import static dev.dbartifact.localengine.cli.CrashDatabases.OLD;

import dev.dbartifact.localengine.crash.CrashPoint;
import java.util.Set;

/// What an engine is asked for that is about to be killed: what there is before, beside `prod`; the
/// request; and what holds of what it made when the next engine is at rest, beside what always
/// does.
enum CrashScenario {
  CREATE(nothing(), it -> it.create("fresh")),
  CLONE(nothing(), it -> it.clone("prod")),
  PASSWORD(
      it -> {
        it.setPassword("prod", OLD);
        it.databases().awaitPassword("prod", OLD);
      },
      it -> it.setPassword("prod", NEW),
      (outcome, point) -> outcome.databases().awaitPassword("prod", NEW)),
  MANAGE(aClone(), it -> it.manage("dev"), CrashOutcome::isManagedFrom),
  UNMANAGE(
      aManagedClone(),
      it ->
          it.rds()
              .modifyDBCluster(r ->
                  r.dbClusterIdentifier("dev")
                      .manageMasterUserPassword(false)
                      .masterUserPassword(OLD)
                      .applyImmediately(true)),
      (outcome, point) -> outcome.isNotManaged()),
  ROTATE(
      aManagedClone(),
      it ->
          it.rds()
              .modifyDBCluster(r ->
                  r.dbClusterIdentifier("dev")
                      .rotateMasterUserPassword(true)
                      .applyImmediately(true)),
      (outcome, point) -> outcome.isRotated()),
  SNAPSHOT(nothing(), it -> it.snapshot("before")),
  FAILOVER(
      it -> it.addInstance("prod", "prod-2"),
      it -> it.rds().failoverDBCluster(r -> r.dbClusterIdentifier("prod"))),
  MYSQL_READER(CrashRequests::createMySql, it -> it.createInstance("my", "my-2")),
  MYSQL_FAILOVER(
      it -> {
        it.createMySql();
        it.addInstance("my", "my-2");
      },
      it -> it.rds().failoverDBCluster(r -> r.dbClusterIdentifier("my"))),
  HISTORY(nothing(), CrashRequests::copy),
  LOG(nothing(), CrashRequests::writeLog),
  RESTORE(nothing(), CrashRequests::restoreToNow),
  DELETE(aClone(), it -> it.remove("dev")),
  DELETE_WITH_HISTORY(aCopyWithHistory(), it -> it.remove("dev")),
  SNAPSHOT_COPY(
      aSnapshot(),
      it ->
          it.rds()
              .copyDBClusterSnapshot(r ->
                  r.sourceDBClusterSnapshotIdentifier("before")
                      .targetDBClusterSnapshotIdentifier("kept"))),
  SNAPSHOT_DELETE(
      aSnapshot(),
      it -> it.rds().deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("before"))),
  RENAME(
      aClone()
          .then(it ->
              it.rds()
                  .createDBClusterEndpoint(r ->
                      r.dbClusterIdentifier("dev")
                          .dbClusterEndpointIdentifier("first")
                          .endpointType("ANY")
                          .staticMembers("dev-1"))),
      it ->
          it.rds()
              .modifyDBInstance(r ->
                  r.dbInstanceIdentifier("dev-1")
                      .newDBInstanceIdentifier("dev-9")
                      .applyImmediately(true)),
      (outcome, point) -> outcome.isKnownToItsEndpoint()),
  PORT(
      aClone(),
      it ->
          it.rds()
              .modifyDBCluster(r -> r.dbClusterIdentifier("dev").port(5999).applyImmediately(true)),
      (outcome, point) -> outcome.hasPort(5999)),
  STOP(aClone(), it -> it.stop("dev"), (outcome, point) -> outcome.isStoppedAndStarts()),
  START(
      aClone()
          .then(it -> {
            it.stop("dev");
            it.engine().awaitRest("dev to stop");
          }),
      it -> it.rds().startDBCluster(r -> r.dbClusterIdentifier("dev"))),
  REBOOT(aClone(), it -> it.rds().rebootDBInstance(r -> r.dbInstanceIdentifier("dev-1"))),
  READER(aClone(), it -> it.createInstance("dev", "dev-2")),
  RESET(aClone().then(CrashRequests::makeDevItsOwn), it -> it.reset("dev"), CrashOutcome::isReset),
  RESET_WITH_READER(
      aClone().then(it -> it.addInstance("dev", "dev-2")).then(CrashRequests::makeDevItsOwn),
      it -> it.reset("dev"),
      CrashOutcome::isReset),
  RESET_WITH_HISTORY(
      aCopyWithHistory().then(CrashRequests::makeDevItsOwn),
      it -> it.reset("dev"),
      CrashOutcome::isReset),
  MYSQL_RESET(
      aMySqlCluster().then(it -> it.awaitClone("my")).then(CrashRequests::makeDevItsOwn),
      it -> it.reset("dev"),
      CrashOutcome::isResetOnMariaDb),
  MYSQL_CLONE(aMySqlCluster(), it -> it.clone("my")),
  UPGRADE(
      CrashRequests::createOld,
      it ->
          it.rds()
              .modifyDBCluster(r ->
                  r.dbClusterIdentifier("old")
                      .engineVersion("17")
                      .allowMajorVersionUpgrade(true)
                      .applyImmediately(true)),
      CrashOutcome::isAsBeforeOrUpgraded),
  CAPACITY(
      aClone(),
      it ->
          it.rds()
              .modifyDBCluster(r ->
                  r.dbClusterIdentifier("dev")
                      .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0))),
      (outcome, point) -> outcome.hasLeastCapacity(0)),
  PAUSE(CrashRequests::cloneThatPausesSoon, it -> it.visit("dev")),
  RESUME(
      CrashRequests::cloneThatPausesSoon,
      it -> {
        it.engine().await("the pause", () -> it.isPaused("dev-1"));
        it.visit("dev");
      }),
  PLAIN_CREATE(nothing(), it -> it.createPlain("own")),
  PLAIN_BACKUP(nothing(), it -> it.createPlain("own")),
  PLAIN_RESTORE(
      aPlainInstanceWithItsBackup(),
      it ->
          it.rds()
              .restoreDBInstanceToPointInTime(r ->
                  r.sourceDBInstanceIdentifier("own")
                      .targetDBInstanceIdentifier("copy")
                      .useLatestRestorableTime(true)),
      (outcome, point) -> outcome.isThere("own")),
  PLAIN_REPLICA(
      aPlainInstanceWithItsBackup(),
      CrashRequests::createReplica,
      (outcome, point) -> outcome.isReplica(true)),
  PLAIN_PROMOTE(
      aPlainInstanceWithItsBackup().then(CrashRequests::addReplica),
      it -> it.rds().promoteReadReplica(r -> r.dbInstanceIdentifier("copy")),
      (outcome, point) -> outcome.isReplica(point == CrashPoint.REPLICA_PROMOTING)),
  PLAIN_DELETE(
      aPlainInstanceWithItsBackup(),
      it ->
          it.rds()
              .deleteDBInstance(
                  r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last")),
      (outcome, point) -> outcome.isThereOrHasItsFinalSnapshot());

  /// Of a clone that then has data of its own or its source's.
  static final Set<CrashScenario> RESETS =
      Set.of(RESET, RESET_WITH_READER, RESET_WITH_HISTORY, MYSQL_RESET);

  private final Step before;
  private final Step request;
  private final Check after;

  CrashScenario(Step before, Step request) {
    this(before, request, (outcome, point) -> {});
  }

  CrashScenario(Step before, Step request, Check after) {
    this.before = before;
    this.request = request;
    this.after = after;
  }

  void prepare(CrashRequests requests) throws Exception {
    before.on(requests);
  }

  void ask(CrashRequests requests) throws Exception {
    request.on(requests);
  }

  /// @param point where the engine was killed
  void check(CrashOutcome outcome, CrashPoint point) throws Exception {
    after.on(outcome, point);
  }

  private static Step nothing() {
    return it -> {};
  }

  private static Step aClone() {
    return it -> it.awaitClone("prod");
  }

  private static Step aManagedClone() {
    return aClone()
        .then(it -> {
          it.manage("dev");
          it.engine().awaitRest("the secret of dev");
        });
  }

  private static Step aCopyWithHistory() {
    return it -> {
      it.copy();
      it.awaitHistory("dev");
    };
  }

  private static Step aMySqlCluster() {
    return CrashRequests::createMySql;
  }

  private static Step aSnapshot() {
    return it -> {
      it.snapshot("before");
      it.engine().awaitRest("before");
    };
  }

  private static Step aPlainInstanceWithItsBackup() {
    return it -> {
      it.createPlain("own");
      it.engine()
          .await(
              "own",
              () ->
                  it.engine().atRest() && !it.rds().describeDBSnapshots().dbSnapshots().isEmpty());
    };
  }

  /// What is asked for.
  @FunctionalInterface
  private interface Step {
    void on(CrashRequests requests) throws Exception;

    default Step then(Step next) {
      return requests -> {
        on(requests);
        next.on(requests);
      };
    }
  }

  /// What holds afterwards.
  @FunctionalInterface
  private interface Check {
    void on(CrashOutcome outcome, CrashPoint point) throws Exception;
  }
}
