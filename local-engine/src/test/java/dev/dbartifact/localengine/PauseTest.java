package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbInstanceNotReadyException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rdsdata.RdsDataClient;
import software.amazon.awssdk.services.rdsdata.model.DatabaseResumingException;
import software.amazon.awssdk.services.rdsdata.model.SecretsErrorException;

/// Servers that nobody needs for a while.
class PauseTest {

  private static final String PAUSING = "Initiated pause for the DB instance.";
  private static final String CANCELED = "Pause was canceled for the DB instance.";
  private static final String PAUSED = "Successfully paused the DB instance.";
  private static final String RESUMING = "Initiated resume for the DB instance.";
  private static final String RESUMED = "Successfully resumed the DB instance.";

  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final int PORT = 5432;
  private static final int PATIENCE_MILLIS = 20_000;

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  /// Signatures may be a quarter of an hour old.
  private final TurnableClock clock = new TurnableClock(Instant.now().minus(Duration.ofMinutes(4)));

  private final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;
  private TestEngine engine;
  private int canaries;
  private int snapshots;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, clock);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void whatHasCapacityIsNeverPaused() {
    create("dev", 0.5, null);
    createInstance("dev-1", "dev", "db.serverless");
    passIdly();

    assertThat(running("dev")).isTrue();
    assertThat(host.volumes.get(volume("dev")).listen().address().getHostAddress())
        .isEqualTo(engine.describe("dev").endpoint());
    assertThat(messages("dev-1")).containsExactly("DB instance created");
  }

  @Test
  void aServerPausesWhenNobodyHasBeenThereForSoLong() {
    var dev = pausing("dev");
    clock.turn(IDLE);
    awaitPaused("dev");

    assertThat(messages("dev-1")).containsExactly("DB instance created", PAUSING, PAUSED);
    assertThat(events("dev-1").getLast().eventCategories())
        .containsExactly("notification", "serverless");
    assertThat(host.written).contains(volume("dev"));
    assertThat(engine.describe("dev").copy(TestEngine::withoutTimes))
        .isEqualTo(dev.copy(TestEngine::withoutTimes));
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(dev.serverlessV2ScalingConfiguration().secondsUntilAutoPause()).isEqualTo(300);
  }

  @Test
  void howLongIsChosen() {
    create("dev", 0.0, 302);
    createInstance("dev-1", "dev", "db.serverless");
    passIdly();
    assertThat(running("dev")).isTrue();
    clock.turn(Duration.ofSeconds(1));
    awaitPaused("dev");
  }

  @Test
  void whoConnectsGetsTheServerBack() throws Exception {
    paused("dev");
    assertThat(connect("dev").get()).isEmpty();

    assertThat(running("dev")).isTrue();
    assertThat(messages("dev-1")).endsWith(PAUSING, PAUSED, RESUMING, RESUMED);
    passIdly();
    awaitPaused("dev");
    var last = events("dev-1").reversed();
    assertThat(last).extracting(Event::message).startsWith(PAUSED, PAUSING, RESUMED);
    assertThat(last.get(2).date().plus(IDLE)).isBeforeOrEqualTo(last.get(1).date());
  }

  @Test
  void soDoesWhoConnectsToTheInstanceOrToTheReaders() throws Exception {
    var dev = paused("dev");
    connect(engine.describeInstance("dev-1").endpoint().address()).get();
    assertThat(running("dev")).isTrue();

    clock.turn(IDLE);
    awaitPaused("dev");
    connect(dev.readerEndpoint()).get();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void whoeverConnectsMeanwhileWaitsForTheSameStart() throws Exception {
    paused("dev");
    var before = host.starts.get();
    host.hold();
    var connections = new ArrayList<Connection>();
    for (var each = 0; each < 10; each++) {
      connections.add(connect("dev"));
    }
    TestEngine.await("the start", () -> messages("dev-1").contains(RESUMING));
    host.release();
    for (var connection : connections) {
      assertThat(connection.get()).isEmpty();
    }

    assertThat(host.starts).hasValue(before + 1);
  }

  @Test
  void aConnectionKeepsAwake() throws Exception {
    pausing("dev");
    try (var server = server("dev");
        var connection = new Socket(engine.describe("dev").endpoint(), PORT);
        var served = server.accept()) {
      passIdly();
      assertThat(running("dev")).isTrue();
      connection.getOutputStream().write(7);
      assertThat(served.getInputStream().read()).isEqualTo(7);
    }
    passIdly();
    awaitPaused("dev");
  }

  @Test
  void aPauseIsCanceledForWhoComesBeforeTheServerStops() throws Exception {
    pausing("dev");
    try (var server = server("dev")) {
      host.hold();
      engine.rds.modifyDBCluster(
          r -> r.dbClusterIdentifier("dev").masterUserPassword("battery-staple"));
      clock.turn(IDLE);
      awaitMessage("dev-1", PAUSING);
      try (var _ = new Socket(engine.describe("dev").endpoint(), PORT);
          var _ = server.accept()) {
        host.release();
        awaitMessage("dev-1", CANCELED);
        assertThat(running("dev")).isTrue();
      }
    }
  }

  @Test
  void whatIsProvisionedStays() {
    create("dev", 0.0, null);
    createInstance("dev-1", "dev", "db.r6g.large");
    passIdly();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void aServerThatCannotStopGoesOn() {
    pausing("dev");
    host.failWith(new HostException("does not end, not even by SIGKILL"));
    clock.turn(IDLE);
    awaitMessage("dev-1", CANCELED);
    host.failWith(null);

    assertThat(running("dev")).isTrue();
    clock.turn(IDLE);
    awaitPaused("dev");
  }

  @Test
  void aServerThatDoesNotStartAnyMoreIsBroughtBackLikeOneThatEnded() throws Exception {
    paused("dev");
    host.failNextStartWith(new HostException("invalid checkpoint record"));
    assertThat(connect("dev").get()).isEmpty();

    TestEngine.await("the server", () -> running("dev"));
    assertThat(messages("dev-1"))
        .contains(RESUMING, "DB instance shutdown")
        .doesNotContain(RESUMED);
  }

  @Test
  void oneThatIsPausedIsNotTakenForDead() {
    paused("dev");
    var before = host.starts.get();
    host.kill(volume("dev"));
    snapshot("dev");
    assertThat(host.starts).hasValue(before);
    assertThat(messages("dev-1")).doesNotContain("DB instance shutdown");
  }

  @Test
  void oneThatHasResumedIsBroughtBackWhenItEnds() throws Exception {
    paused("dev");
    connect("dev").get();
    host.kill(volume("dev"));
    awaitMessage("dev-1", "DB instance restarted");
    assertThat(running("dev")).isTrue();
  }

  @Test
  void rdsDataIsToldToComeBack() {
    var dev = paused("dev");
    try (var data = data()) {
      assertThatThrownBy(() -> select(data, dev)).isInstanceOf(DatabaseResumingException.class);
      awaitMessage("dev-1", RESUMED);
      // Past that, to a secret that is not there.
      assertThatThrownBy(() -> select(data, dev)).isInstanceOf(SecretsErrorException.class);
    }
    assertThat(running("dev")).isTrue();
  }

  @Test
  void whoWantsLogsIsToldToComeBack() {
    paused("dev");
    assertThatThrownBy(() -> engine.rds.describeDBLogFiles(r -> r.dbInstanceIdentifier("dev-1")))
        .isInstanceOf(DbInstanceNotReadyException.class)
        .hasMessageContaining("resuming");
    awaitMessage("dev-1", RESUMED);
    assertThat(
            engine
                .rds
                .describeDBLogFiles(r -> r.dbInstanceIdentifier("dev-1"))
                .describeDBLogFiles())
        .isNotEmpty();
  }

  @Test
  void aChangeResumesIt() {
    paused("dev");
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev").masterUserPassword("battery-staple").applyImmediately(true));
    awaitMessage("dev-1", RESUMED);
    engine.await("dev", each -> each.pendingModifiedValues() == null);
    assertThat(host.volumes.get(volume("dev")).password()).isEqualTo("battery-staple");
    passIdly();
    assertThat(running("dev")).as("within twenty minutes").isTrue();
  }

  @Test
  void parametersResumeIt() {
    engine.rds.createDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("mine")
            .dbParameterGroupFamily("aurora-postgresql17")
            .description("Mine"));
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("dev")
            .engine("aurora-postgresql")
            .dbClusterParameterGroupName("mine")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(0.0).maxCapacity(4.0)));
    createInstance("dev-1", "dev", "db.serverless");
    clock.turn(IDLE);
    awaitPaused("dev");

    engine.rds.modifyDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("mine")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod("immediate")
                    .build()));

    awaitMessage("dev-1", RESUMED);
    assertThat(host.parameters.get(volume("dev"))).containsEntry("work_mem", "8192");
    engine.awaitInstance(
        "dev-1",
        each -> each.dbParameterGroups().getFirst().parameterApplyStatus().equals("in-sync"));
  }

  @Test
  void neitherSnapshotsNorClonesNorTagsResumeIt() {
    var dev = paused("dev");
    snapshot("dev");
    engine.restore("clone", "dev");
    engine.await("clone", each -> each.status().equals("available"));
    engine.rds.addTagsToResource(r -> r.resourceName(dev.dbClusterArn()).tags(tag("owner", "me")));
    snapshot("dev");

    assertThat(running("dev")).isFalse();
    assertThat(engine.describe("dev").status()).isEqualTo("available");
  }

  @Test
  void aReaderResumesItAndKeepsItAwake() {
    paused("dev");
    createInstance("dev-2", "dev", "db.serverless");
    assertThat(running("dev")).isTrue();
    assertThat(host.followed.values()).containsExactly(volume("dev"));
    passIdly();
    assertThat(running("dev")).isTrue();
  }

  @Test
  void whatIsStoppedDoesNotResume() throws Exception {
    paused("dev");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("dev"));
    engine.await("dev", each -> each.status().equals("stopped"));
    assertThat(connect("dev").get()).isEmpty();
    assertThat(running("dev")).isFalse();

    engine.rds.startDBCluster(r -> r.dbClusterIdentifier("dev"));
    engine.await("dev", each -> each.status().equals("available"));
    TestEngine.await("the server", () -> running("dev"));
  }

  @Test
  void aRebootResumesIt() {
    paused("dev");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(running("dev")).isTrue();
  }

  @Test
  void itCanBeDeleted() {
    paused("dev");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
    assertThat(host.volumes).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "instance"})
  void nobodyListensInPlaceOfWhatIsGone(String which) {
    var dev = paused("dev");
    var address =
        which.equals("writer")
            ? dev.endpoint()
            : engine.describeInstance("dev-1").endpoint().address();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
    engine.rds.deleteDBCluster(r -> r.dbClusterIdentifier("dev").skipFinalSnapshot(true));
    engine.awaitGone("dev");
    assertThatThrownBy(() -> new Socket(address, PORT).close())
        .isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void theNextEngineStartsItsServerForWhoComes() throws Exception {
    pausing("dev");
    var before = host.starts.get();
    engine.close();
    engine = TestEngine.start(memory, host, clock);
    engine.await("dev", each -> each.status().equals("available"));

    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(host.starts).hasValue(before);
    assertThat(connect("dev").get()).isEmpty();
    assertThat(host.starts).hasValue(before + 1);
    assertThat(messages("dev-1")).containsExactly(RESUMING, RESUMED);
  }

  @Test
  void aServerThatHasOutlivedItsEngineIsGoneOnWith() throws Exception {
    pausing("dev");
    var volume = volume("dev");
    var listen = host.volumes.get(volume).listen();
    engine.close();
    host.volumes.computeIfPresent(volume, (_, it) -> it.listening(listen));
    engine = TestEngine.start(memory, host, clock);
    // It was available before: that it is so once more, only the event says.
    TestEngine.await("the start of dev-1", () -> !messages("dev-1").isEmpty());
    awaitNoticed("dev");

    clock.turn(IDLE);
    awaitPaused("dev");
  }

  @Test
  void capacityBringsTheServerToWhereClientsLookForIt_andItsLackTakesItFromThere()
      throws Exception {
    var dev = paused("dev");
    capacity(1.0);
    TestEngine.await("the move", () -> listens("dev", dev.endpoint()));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(dev.serverlessV2ScalingConfiguration().secondsUntilAutoPause()).isNotNull();
    assertThat(engine.describe("dev").serverlessV2ScalingConfiguration().secondsUntilAutoPause())
        .isNull();
    // Nobody stands in its way.
    new ServerSocket(PORT, 1, InetAddress.ofLiteral(dev.endpoint())).close();

    capacity(0.0);
    TestEngine.await("the way back", () -> running("dev") && !listens("dev", dev.endpoint()));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("available"));
    assertThat(connect("dev").get()).isEmpty();
  }

  @Test
  void statusTellsPausedFromAvailable() throws Exception {
    paused("dev");
    assertThat(status()).contains("\"status\":\"paused\"");
    connect("dev").get();
    assertThat(status()).doesNotContain("\"status\":\"paused\"");
  }

  @Test
  void theyPauseAsMuchSoonerAsEverythingElseIsFaster(@TempDir Path other) throws Exception {
    engine.close();
    engine =
        TestEngine.start(other, host, clock, dev.dbartifact.localengine.pace.Pace.aurora(1000));
    create("dev", 0.0, null);
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("dev-1")
            .dbClusterIdentifier("dev")
            .dbInstanceClass("db.serverless")
            .engine("aurora-postgresql"));
    TestEngine.await(
        "the instance",
        () -> {
          clock.turn(Duration.ofMillis(1));
          return engine.describeInstance("dev-1").dbInstanceStatus().equals("available")
              && engine.describe("dev").status().equals("available");
        });
    clock.turn(Duration.ofMillis(300));
    awaitPaused("dev");
  }

  private void capacity(double least) {
    engine.rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev")
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(least).maxCapacity(4.0)));
  }

  private boolean listens(String cluster, String address) {
    var listen = host.volumes.get(volume(cluster)).listen();
    return listen != null && listen.address().getHostAddress().equals(address);
  }

  /// A cluster that may pause, with its writer.
  private DBCluster pausing(String id) {
    create(id, 0.0, null);
    createInstance(id + "-1", id, "db.serverless");
    return engine.describe(id);
  }

  private DBCluster paused(String id) {
    var cluster = pausing(id);
    clock.turn(IDLE);
    awaitPaused(id);
    return cluster;
  }

  private void create(String id, double least, Integer seconds) {
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD)
            .enableHttpEndpoint(true)
            .serverlessV2ScalingConfiguration(
                c -> c.minCapacity(least).maxCapacity(4.0).secondsUntilAutoPause(seconds)));
  }

  private void createInstance(String id, String cluster, String size) {
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
  private void awaitNoticed(String cluster) {
    var arn = engine.describe(cluster).dbClusterArn();
    engine.rds.addTagsToResource(r -> r.resourceName(arn).tags(tag("seen", "yes")));
  }

  /// A connection, which says nothing; what is said to it until it ends, is to be got.
  private interface Connection {
    String get() throws IOException;
  }

  private Connection connect(String clusterOrAddress) throws IOException {
    var address =
        clusterOrAddress.startsWith("127.")
            ? clusterOrAddress
            : engine.describe(clusterOrAddress).endpoint();
    var socket = new Socket(address, PORT);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return () -> {
      try (socket) {
        return new String(socket.getInputStream().readAllBytes());
      }
    };
  }

  /// What the fake host does not have.
  private ServerSocket server(String cluster) throws IOException {
    var listen = host.volumes.get(volume(cluster)).listen();
    return new ServerSocket(listen.port(), 1, listen.address());
  }

  private void awaitPaused(String cluster) {
    TestEngine.await(
        "the pause of " + cluster, () -> messages(cluster + "-1").getLast().equals(PAUSED));
    assertThat(running(cluster)).isFalse();
  }

  /// Lets five minutes and a second pass, and all clusters be looked at meanwhile: two that nobody
  /// connects to are paused, one at a later look than the other.
  private void passIdly() {
    var number = ++canaries;
    pausing("first" + number);
    clock.turn(Duration.ofSeconds(1));
    pausing("second" + number);
    clock.turn(IDLE.minusSeconds(1));
    awaitPaused("first" + number);
    clock.turn(Duration.ofSeconds(1));
    awaitPaused("second" + number);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private void snapshot(String cluster) {
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

  private boolean running(String cluster) {
    return host.running(volume(cluster));
  }

  private StorageId volume(String cluster) {
    return new StorageId(engine.describe(cluster).dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  private void awaitMessage(String instance, String message) {
    TestEngine.await(message, () -> messages(instance).contains(message));
  }

  private List<String> messages(String instance) {
    return events(instance).stream().map(Event::message).toList();
  }

  private List<Event> events(String instance) {
    return engine
        .rds
        .describeEvents(
            r -> r.sourceType("db-instance").sourceIdentifier(instance).duration(14 * 24 * 60))
        .events();
  }

  private String status() throws IOException {
    return SignedCall.get(
        engine.engine.endpoint(),
        "/",
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Duration.ofSeconds(20));
  }

  private RdsDataClient data() {
    return RdsDataClient.builder()
        .endpointOverride(engine.engine.endpoint())
        .region(Region.US_WEST_2)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(TestEngine.KEY.id(), TestEngine.KEY.secret())))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private void select(RdsDataClient data, DBCluster cluster) {
    data.executeStatement(
        r -> r.resourceArn(cluster.dbClusterArn()).secretArn("any").sql("SELECT 1"));
  }
}
