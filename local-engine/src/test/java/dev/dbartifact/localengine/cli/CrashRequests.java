package dev.dbartifact.localengine.cli;

import static dev.dbartifact.localengine.cli.CrashDatabases.OLD;
import static dev.dbartifact.localengine.cli.CrashDatabases.OWN;

import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.testing.Prerequisites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// What an engine is asked for before it is killed: clusters on PostgreSQL, of which `prod` is the
/// one that lasts, a cluster on MariaDB, plain instances, and what can be done with them.
record CrashRequests(CrashingEngine engine, CrashDatabases databases) {

  RdsClient rds() {
    return engine.rds();
  }

  void create(String id) {
    rds()
        .createDBCluster(r ->
            r.dbClusterIdentifier(id)
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword(OLD));
  }

  /// The cluster `my`, with a thousand rows.
  void createMySql() throws IOException, SQLException {
    Prerequisites.require(MariaDbInstallation.find().isPresent(), MariaDbInstallation.ADVICE);
    rds()
        .createDBCluster(r ->
            r.dbClusterIdentifier("my")
                .engine("aurora-mysql")
                .databaseName("postgres")
                .masterUsername("shop")
                .masterUserPassword(OLD));
    createInstance("my", "my-1");
    engine.awaitRest("my");
    databases.execute("my", OLD, "create table orders as select seq as id from seq_1_to_1000");
  }

  /// The cluster `old`, on PostgreSQL 15, with a thousand rows and a history.
  void createOld() throws SQLException {
    var offered =
        rds()
            .describeDBEngineVersions(r -> r.engine("aurora-postgresql").engineVersion("15"))
            .dbEngineVersions();
    Prerequisites.require(
        !offered.isEmpty(), "There is no PostgreSQL 15 to upgrade from; Debian 12 has it.");
    rds()
        .createDBCluster(r ->
            r.dbClusterIdentifier("old")
                .engine("aurora-postgresql")
                .engineVersion("15")
                .masterUsername("shop")
                .masterUserPassword(OLD));
    createInstance("old", "old-1");
    engine.awaitRest("old");
    databases.execute("old", OLD, "create table orders as select generate_series(1, 1000) as id");
    awaitHistory("old");
  }

  void createPlain(String id) {
    rds()
        .createDBInstance(r ->
            r.dbInstanceIdentifier(id)
                .engine("postgres")
                .dbInstanceClass("db.t4g.micro")
                .allocatedStorage(20)
                .masterUsername("shop")
                .masterUserPassword(OLD));
  }

  /// The read replica `copy` of `own`.
  void createReplica() {
    rds()
        .createDBInstanceReadReplica(
            r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("own"));
  }

  void addReplica() {
    createReplica();
    engine.awaitRest("the read replica");
  }

  void createInstance(String cluster, String id) {
    createInstance(cluster, id, "db.r6g.large");
  }

  private void createInstance(String cluster, String id, String size) {
    rds()
        .createDBInstance(r ->
            r.dbInstanceIdentifier(id)
                .dbClusterIdentifier(cluster)
                .dbInstanceClass(size)
                .engine(engine.cluster(cluster).engine()));
  }

  void addInstance(String cluster, String id) {
    createInstance(cluster, id);
    engine.awaitRest(id);
  }

  /// The clone `dev`, with an instance.
  void clone(String source) {
    rds()
        .restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier("dev")
                .sourceDBClusterIdentifier(source)
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true));
    createInstance("dev", "dev-1");
  }

  /// The clone `dev` on an engine at whose pace five idle minutes are soon over.
  void cloneThatPausesSoon() throws Exception {
    engine.launchAnew("--pace", "aurora:1000");
    rds()
        .restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier("dev")
                .sourceDBClusterIdentifier("prod")
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true)
                .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    createInstance("dev", "dev-1", "db.serverless");
    engine.awaitRest("dev");
  }

  boolean isPaused(String instance) {
    var events =
        rds().describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(instance)).events();
    return events.getLast().message().equals("Successfully paused the DB instance.");
  }

  /// The engine may be gone before it lets anybody in: whether it came to its end says its exit
  /// code.
  void visit(String cluster) {
    databases.isPassword(cluster, OLD);
  }

  void awaitClone(String source) {
    clone(source);
    engine.awaitRest("dev");
  }

  /// The full copy `dev` of `prod`, with an instance.
  void copy() {
    rds()
        .restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier("dev")
                .sourceDBClusterIdentifier("prod")
                .useLatestRestorableTime(true));
    createInstance("dev", "dev-1");
  }

  /// `prod` as it is now, by its log.
  void restoreToNow() {
    var now = engine.cluster("prod").latestRestorableTime();
    rds()
        .restoreDBClusterToPointInTime(
            r -> r.dbClusterIdentifier("dev").sourceDBClusterIdentifier("prod").restoreToTime(now));
    createInstance("dev", "dev-1");
  }

  /// Until restores can go back to an earlier time than now.
  void awaitHistory(String id) {
    engine.await("a history of " + id, () -> engine.atRest() && hasHistory(engine.cluster(id)));
  }

  private static boolean hasHistory(DBCluster cluster) {
    return cluster.earliestRestorableTime().isBefore(cluster.latestRestorableTime());
  }

  /// More than a segment of log.
  void writeLog() throws SQLException {
    try (var connection = databases.connect(engine.cluster("prod"));
        var statement = connection.createStatement()) {
      statement.execute("create table filler (content text)");
      statement.execute("alter table filler alter content set storage external");
      statement.execute(
          "insert into filler select repeat(md5(i::text), 30000) from generate_series(1, 20) as i");
      statement.execute("drop table filler");
    }
  }

  void setPassword(String id, String password) {
    rds()
        .modifyDBCluster(
            r -> r.dbClusterIdentifier(id).masterUserPassword(password).applyImmediately(true));
  }

  /// `dev` gets a password and data of its own.
  void makeDevItsOwn() throws SQLException {
    setPassword("dev", OWN);
    databases.awaitPassword("dev", OWN);
    engine.awaitRest("dev");
    databases.execute("dev", OWN, "delete from orders where id > 500");
  }

  void manage(String id) {
    rds()
        .modifyDBCluster(
            r -> r.dbClusterIdentifier(id).manageMasterUserPassword(true).applyImmediately(true));
  }

  void snapshot(String id) {
    rds()
        .createDBClusterSnapshot(
            r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier(id));
  }

  void stop(String id) {
    rds().stopDBCluster(r -> r.dbClusterIdentifier(id));
  }

  void reset(String id) {
    LaunchedEngine.command(engine.directory(), new ByteArrayOutputStream(), "reset", id);
  }

  void remove(String id) {
    engine
        .cluster(id)
        .dbClusterMembers()
        .forEach(each ->
            rds().deleteDBInstance(r -> r.dbInstanceIdentifier(each.dbInstanceIdentifier())));
    rds().deleteDBCluster(r -> r.dbClusterIdentifier(id).skipFinalSnapshot(true));
  }
}
