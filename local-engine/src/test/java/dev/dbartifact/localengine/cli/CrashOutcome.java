package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.crash.CrashPoint;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What has become of that which an engine was asked for before it was killed: where it was
/// remembered before the end came, it is done, else it was never asked for.
record CrashOutcome(CrashingEngine engine, CrashDatabases databases) {

  /// Where a clone that is reset has its new data when the engine is killed.
  private static final Set<CrashPoint> AFTER_THE_SWAP =
      Set.of(
          CrashPoint.VOLUME_REPLACED,
          CrashPoint.SERVER_UNSTARTED,
          CrashPoint.SERVER_LAUNCHED,
          CrashPoint.SERVER_STARTED,
          CrashPoint.PASSWORD_UNCHANGED,
          CrashPoint.PASSWORD_CHANGED,
          CrashPoint.READER_ADMITTED,
          CrashPoint.INSTANCE_AVAILABLE);

  /// Where a cluster has its new major version when the engine is killed. Its history is thrown
  /// away before its volume is.
  private static final Set<CrashPoint> AFTER_THE_UPGRADE =
      Set.of(
          CrashPoint.VOLUME_REPLACED,
          CrashPoint.UPGRADE_UNRECORDED,
          CrashPoint.UPGRADE_RECORDED,
          CrashPoint.SERVER_STARTED,
          CrashPoint.INSTANCE_AVAILABLE);

  private DBCluster dev() {
    return engine.cluster("dev");
  }

  void isManagedFrom(CrashPoint point) {
    assertThat(dev().masterUserSecret() == null).isEqualTo(point == CrashPoint.SECRET_UNUSED);
  }

  void isNotManaged() {
    assertThat(dev().masterUserSecret()).isNull();
    databases.awaitPassword("dev", CrashDatabases.OLD);
  }

  void isRotated() {
    var secret = dev().masterUserSecret().secretArn();
    var stages = engine.secrets().describeSecret(r -> r.secretId(secret)).versionIdsToStages();
    assertThat(stages.values().stream().flatMap(List::stream))
        .containsExactlyInAnyOrder("AWSCURRENT", "AWSPREVIOUS");
  }

  void isStoppedAndStarts() {
    assertThat(dev().status()).isEqualTo("stopped");
    assertThat(CrashAftermath.servers(engine)).as("servers of stopped clusters").isEqualTo(1);
    engine.rds().startDBCluster(r -> r.dbClusterIdentifier("dev"));
    engine.await("dev", () -> dev().status().equals("available") && engine.atRest());
  }

  void hasPort(int port) {
    assertThat(dev().port()).isEqualTo(port);
  }

  void hasLeastCapacity(double least) {
    assertThat(dev().serverlessV2ScalingConfiguration().minCapacity()).isEqualTo(least);
  }

  void isKnownToItsEndpoint() throws SQLException {
    var dev = dev();
    assertThat(custom().staticMembers())
        .containsExactly(dev.dbClusterMembers().getFirst().dbInstanceIdentifier());
    var address = custom().endpoint();
    assertThat(databases.rows(dev.copy(to -> to.endpoint(address)))).isEqualTo("1000");
  }

  private DBClusterEndpoint custom() {
    return engine
        .rds()
        .describeDBClusterEndpoints(r -> r.dbClusterEndpointIdentifier("first"))
        .dbClusterEndpoints()
        .getFirst();
  }

  void isReset(CrashPoint point) throws SQLException {
    isResetAfter(AFTER_THE_SWAP, point);
  }

  /// Where no reader, and no history, is thrown away before the clone is.
  void isResetOnMariaDb(CrashPoint point) throws SQLException {
    var after = EnumSet.copyOf(AFTER_THE_SWAP);
    after.add(CrashPoint.VOLUME_THROWN_AWAY);
    isResetAfter(after, point);
  }

  /// Never something in between; and the password is its own either way.
  private void isResetAfter(Set<CrashPoint> swap, CrashPoint point) throws SQLException {
    var rows = swap.contains(point) ? "1000" : "500";
    var dev = dev();
    try (var connection = databases.connect(dev, CrashDatabases.OWN)) {
      assertThat(CrashDatabases.rows(connection)).as("rows of dev").isEqualTo(rows);
    }
    assertThat(databases.isPassword("dev", CrashDatabases.OLD))
        .as("the source's password opens dev")
        .isFalse();
    var reader = dev.copy(to -> to.endpoint(dev.readerEndpoint()));
    try (var connection = databases.connect(reader, CrashDatabases.OWN)) {
      engine.await("its reader", () -> CrashDatabases.rows(connection).equals(rows));
    }
  }

  /// The record and the server have one version, with the groups of that.
  void isAsBeforeOrUpgraded(CrashPoint point) throws SQLException {
    var upgraded = AFTER_THE_UPGRADE.contains(point);
    var old = engine.cluster("old");
    assertThat(old.engineVersion()).startsWith(upgraded ? "17." : "15.");
    assertThat(old.dbClusterParameterGroup())
        .isEqualTo("default.aurora-postgresql" + (upgraded ? "17" : "15"));
    try (var connection = databases.connect(old, CrashDatabases.OLD)) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(upgraded ? 17 : 15);
    }
  }

  /// Whether `copy` follows `own`, and takes nothing from others; or else is no replica.
  void isReplica(boolean wanted) throws SQLException {
    var copy =
        engine.plain().stream()
            .filter(each -> each.dbInstanceIdentifier().equals("copy"))
            .findFirst()
            .orElseThrow();
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo(wanted ? "own" : null);
    try (var connection = databases.connect(copy);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select pg_is_in_recovery()")) {
      rows.next();
      assertThat(rows.getBoolean(1)).as("follows").isEqualTo(wanted);
    }
  }

  void isThere(String plain) {
    assertThat(engine.plain()).extracting(DBInstance::dbInstanceIdentifier).contains(plain);
  }

  void isThereOrHasItsFinalSnapshot() {
    var plain = engine.plain().size();
    var snapshots = engine.rds().describeDBSnapshots().dbSnapshots();
    assertThat(snapshots)
        .filteredOn(each -> each.snapshotType().equals("automated"))
        .as("backups of what is gone")
        .hasSizeLessThanOrEqualTo(plain);
    assertThat(
            plain + snapshots.stream().filter(each -> each.snapshotType().equals("manual")).count())
        .isPositive();
  }
}
