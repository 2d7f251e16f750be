package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Tag;

/// An engine whose clusters may pause, a clock that lets time pass for them, and clients that come.
abstract class PauseFixture extends EngineFixture {

  static final String PAUSING = "Initiated pause for the DB instance.";
  static final String CANCELED = "Pause was canceled for the DB instance.";
  static final String PAUSED = "Successfully paused the DB instance.";
  static final String RESUMING = "Initiated resume for the DB instance.";
  static final String RESUMED = "Successfully resumed the DB instance.";

  static final Duration IDLE = Duration.ofMinutes(5);
  static final int PORT = 5432;

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  /// Signatures may be a quarter of an hour old.
  final TurnableClock clock = new TurnableClock(Instant.now().minus(Duration.ofMinutes(4)));

  private int canaries;
  private int snapshots;

  @Override
  Clock clock() {
    return clock;
  }

  /// A cluster that may pause, with its writer.
  DBCluster pausing(String id) {
    return pausing(id, _ -> {});
  }

  private DBCluster pausing(String id, Consumer<CreateDbClusterRequest.Builder> more) {
    create(id, 0.0, null, more);
    createInstance(id + "-1", id, "db.serverless");
    return engine.describe(id);
  }

  DBCluster paused(String id) {
    return paused(id, _ -> {});
  }

  /// @param more is asked of the cluster when it is created
  DBCluster paused(String id, Consumer<CreateDbClusterRequest.Builder> more) {
    var cluster = pausing(id, more);
    clock.turn(IDLE);
    awaitPaused(id);
    return cluster;
  }

  void create(String id, double least, Integer seconds) {
    create(id, least, seconds, _ -> {});
  }

  private void create(
      String id, double least, Integer seconds, Consumer<CreateDbClusterRequest.Builder> more) {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .enableHttpEndpoint(true)
            .serverlessV2ScalingConfiguration(
                c -> c.minCapacity(least).maxCapacity(4.0).secondsUntilAutoPause(seconds))
            .applyMutation(more));
  }

  void createInstance(String id, String cluster, String size) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .dbInstanceClass(size)
            .engine("aurora-postgresql"));
    engine.awaitInstance(id, each -> each.dbInstanceStatus().equals("available"));
    engine.await(cluster, each -> each.status().equals("available"));
    awaitNoticed(cluster);
  }

  /// Who sees a state may see it before the engine has taken note of it, which changes wait for.
  void awaitNoticed(String cluster) {
    tag(engine.describe(cluster), "seen", "yes");
  }

  void tag(DBCluster cluster, String key, String value) {
    var tag = Tag.builder().key(key).value(value).build();
    engine.rds.addTagsToResource(r -> r.resourceName(cluster.dbClusterArn()).tags(tag));
  }

  /// A connection, which says nothing; what is said to it until it ends, is to be got.
  interface Connection {
    String get() throws IOException;
  }

  Connection connect(String clusterOrAddress) throws IOException {
    var address =
        clusterOrAddress.startsWith("127.")
            ? clusterOrAddress
            : engine.describe(clusterOrAddress).endpoint();
    var socket = new Socket(address, PORT);
    socket.setSoTimeout((int) Waiting.PATIENCE.toMillis());
    return () -> {
      try (socket) {
        return new String(socket.getInputStream().readAllBytes());
      }
    };
  }

  /// What the fake host does not have.
  ServerSocket server(String cluster) throws IOException {
    var listen = host.volumes.get(volume(cluster)).listen();
    return new ServerSocket(listen.port(), 1, listen.address());
  }

  void awaitPaused(String cluster) {
    TestEngine.await(
        "the pause of " + cluster, () -> messages(cluster + "-1").getLast().equals(PAUSED));
    assertThat(running(cluster)).isFalse();
  }

  /// Lets five minutes and a second pass, and all clusters be looked at meanwhile: two that nobody
  /// connects to are paused, one at a later look than the other.
  void passIdly() {
    var number = ++canaries;
    pausing("first" + number);
    clock.turn(Duration.ofSeconds(1));
    pausing("second" + number);
    clock.turn(IDLE.minusSeconds(1));
    awaitPaused("first" + number);
    clock.turn(Duration.ofSeconds(1));
    awaitPaused("second" + number);
  }

  void snapshot(String cluster) {
    var name = "snapshot-" + ++snapshots;
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier(cluster).dbClusterSnapshotIdentifier(name));
    TestEngine.await(
        name,
        () ->
            engine
                .rds
                .describeDBClusterSnapshots(r -> r.dbClusterSnapshotIdentifier(name))
                .dbClusterSnapshots()
                .getFirst()
                .status()
                .equals("available"));
  }

  boolean running(String cluster) {
    return host.running(volume(cluster));
  }

  void awaitMessage(String instance, String message) {
    TestEngine.await(message, () -> messages(instance).contains(message));
  }

  /// Also those of longer ago.
  @Override
  List<String> messages(String instance) {
    return events(instance).stream().map(Event::message).toList();
  }

  List<Event> events(String instance) {
    return engine
        .rds
        .describeEvents(
            r -> r.sourceType("db-instance").sourceIdentifier(instance).duration(14 * 24 * 60))
        .events();
  }
}
