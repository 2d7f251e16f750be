package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/// An engine whose backup window begins soon, and what one asks it about automated snapshots.
abstract class AutomatedSnapshotFixture extends EngineFixture {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.storage", "rds.backup");
  static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("-uuuu-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

  /// Until the backup window begins. Requests are signed by the real clock: an engine whose clock
  /// is turned by more than 15 minutes does not take them.
  static final Duration SOME = Duration.ofMinutes(10);

  final TurnableClock clock = new TurnableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
  final String window = window(clock.instant().plus(SOME));

  @Override
  Clock clock() {
    return clock;
  }

  @Override
  @BeforeEach
  void start() throws Exception {
    host.sharing = true;
    super.start();
  }

  static String window(Instant begin) {
    var time = LocalTime.ofInstant(begin, ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    return "%s-%s".formatted(time, time.plusHours(1));
  }

  // ---- what is there

  List<DBClusterSnapshot> ofType(String type) {
    return engine.rds.describeDBClusterSnapshots(r -> r.snapshotType(type)).dbClusterSnapshots();
  }

  List<DBClusterSnapshot> automated(String cluster) {
    return automated(engine, cluster);
  }

  static List<DBClusterSnapshot> automated(TestEngine engine, String cluster) {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.dbClusterIdentifier(cluster).snapshotType("automated"))
        .dbClusterSnapshots();
  }

  List<DBClusterSnapshot> awaitAutomated(String cluster, int count) {
    TestEngine.await(
        count + " of " + cluster,
        () ->
            automated(cluster).size() == count
                && automated(cluster).stream().allMatch(each -> each.status().equals("available")));
    return automated(cluster);
  }

  List<DBSnapshot> ofPlain(String instance) {
    return engine.rds.describeDBSnapshots(r -> r.dbInstanceIdentifier(instance)).dbSnapshots();
  }

  List<DBSnapshot> awaitOfPlain(String instance, int count) {
    TestEngine.await(
        count + " of " + instance,
        () ->
            ofPlain(instance).size() == count
                && ofPlain(instance).stream().allMatch(each -> each.status().equals("available")));
    return ofPlain(instance);
  }

  void awaitVolumes(int count) {
    TestEngine.await(count + " volumes of snapshots", () -> volumes().size() == count);
  }

  /// Of snapshots.
  Set<StorageId> volumes() {
    return host.volumes.keySet().stream()
        .filter(each -> each.value().startsWith("snapshot-"))
        .collect(Collectors.toSet());
  }

  static List<String> names(List<DBClusterSnapshot> snapshots) {
    return snapshots.stream().map(DBClusterSnapshot::dbClusterSnapshotIdentifier).toList();
  }

  // ---- what is done

  void headless(String id) {
    headless(id, window);
  }

  void headless(String id, String backups) {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .preferredBackupWindow(backups));
    engine.await(id, each -> each.status().equals("available"));
  }

  void cluster(String id) {
    headless(id);
    engine.createInstance(id + "-1", id);
    engine.awaitInstance(id + "-1", each -> each.dbInstanceStatus().equals("available"));
  }

  DBInstance plain(String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .preferredBackupWindow(window));
    return engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
  }

  void retain(String instance, int days) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier(instance).backupRetentionPeriod(days).applyImmediately(true));
    engine.awaitInstance(
        instance,
        each ->
            each.backupRetentionPeriod() == days && each.dbInstanceStatus().equals("available"));
  }

  void take(String id) {
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier(id));
    TestEngine.await(
        "snapshot " + id,
        () ->
            engine
                .rds
                .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(id))
                .dbClusterSnapshots()
                .getFirst()
                .status()
                .equals("available"));
  }

  void delete(String cluster) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(cluster + "-1"));
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier(cluster).skipFinalSnapshot(true));
    engine.awaitGone(cluster);
  }

  /// At another time, at which the engine takes no requests.
  void elsewhen(Duration later, Runnable await) {
    clock.turn(later);
    await.run();
    clock.turn(later.negated());
  }
}
