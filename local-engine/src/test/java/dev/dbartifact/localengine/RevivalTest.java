package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.Parameter;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Servers that end by themselves.
class RevivalTest {

  private static final String SHUTDOWN = "DB instance shutdown";
  private static final String RECOVERING =
      "Recovery of the DB instance has started. Recovery time will vary with the amount of data to"
          + " be recovered.";
  private static final String RECOVERED = "Recovery of the DB instance is complete.";
  private static final String RESTARTED = "DB instance restarted";

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  private final TurnableClock clock = new TurnableClock(Instant.now());
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, clock);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void aServerThatIsAskedToEndIsLeftAlone() {
    engine.cluster("shop");
    engine.rds.stopDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("stopped"));

    assertThat(host.starts).hasValue(1);
    assertThat(status("shop-1")).isEqualTo("stopped");
    assertThat(messages("shop-1")).doesNotContain(SHUTDOWN, RECOVERING);
  }

  @Test
  void aServerThatIsRebootedStartsOnce() {
    engine.cluster("shop");
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    awaitStatus("shop-1", "available");

    assertThat(host.starts).hasValue(2);
    assertThat(messages("shop-1")).endsWith(RESTARTED).doesNotContain(SHUTDOWN);
  }

  @Test
  void aServerThatIsDeletedStaysAway() {
    engine.cluster("shop");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    engine.awaitInstanceGone("shop-1");

    assertThat(host.starts).hasValue(1);
  }

  @Test
  void aWriterAloneIsStartedAgainWhereItWas() {
    var shop = engine.cluster("shop");
    var before = engine.volume(shop).listen();

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);

    assertThat(engine.volume(shop).listen()).isEqualTo(before);
    assertThat(status("shop-1")).isEqualTo("available");
    assertThat(engine.describeInstance("shop-1").statusInfos()).isEmpty();
    assertThat(messages("shop-1")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
  }

  @Test
  void untilItIsThereItsInstanceIsRebootingAndSaysWhy() {
    engine.cluster("shop");
    hold(volume("shop"));
    host.kill(volume("shop"));

    awaitStatus("shop-1", "rebooting");
    assertThat(reason("shop-1")).contains("ended by itself", "start 1 of 5");
    assertThat(engine.describe("shop").status()).isEqualTo("available");
    host.release();
    awaitStatus("shop-1", "available");
  }

  @Test
  void aServerThatDoesNotStartIsGivenUpAfterFiveStarts() {
    engine.cluster("shop");
    var before = host.starts.get();
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(volume("shop"));

    var started = before + 1;
    for (var pause : List.of(1, 5, 15, 60)) {
      awaitStarts(started);
      awaitReason("shop-1", "start %d of 5".formatted(started - before + 1));
      assertThat(status("shop-1")).isEqualTo("rebooting");
      clock.turn(Duration.ofSeconds(pause));
      started++;
    }
    awaitStatus("shop-1", "failed");
    clock.turn(Duration.ofMinutes(5));

    assertThat(host.starts).hasValue(before + 5);
    assertThat(reason("shop-1")).contains("invalid checkpoint record", "5 times in vain");
    assertThat(messages("shop-1"))
        .endsWith(
            "DB instance put into failed state. RDS recommends that you initiate a"
                + " point-in-time-restore.");
  }

  @Test
  void aServerThatEndsSoonAfterEachStartIsGivenUpToo() {
    engine.cluster("shop");
    var before = host.starts.get();
    for (var pause : List.of(0, 1, 5, 15, 60)) {
      host.kill(volume("shop"));
      awaitStatus("shop-1", pause == 0 ? "available" : "rebooting");
      clock.turn(Duration.ofSeconds(pause));
      awaitStatus("shop-1", "available");
    }
    host.kill(volume("shop"));
    awaitStatus("shop-1", "failed");

    assertThat(host.starts).hasValue(before + 5);
    assertThat(reason("shop-1")).contains("ended by itself");
  }

  @Test
  void aServerThatRanForFiveMinutesHasAllItsStartsAgain() {
    engine.cluster("shop");
    for (var times = 1; times <= 3; times++) {
      var restarts = times;
      host.kill(volume("shop"));
      // At once: the clock stands still.
      TestEngine.await(
          "restart " + times,
          () -> messages("shop-1").stream().filter(RESTARTED::equals).count() == restarts);
      awaitStatus("shop-1", "available");
      clock.turn(Duration.ofSeconds(301));
    }
  }

  @Test
  void aReaderTakesOverFromAWriter() {
    var shop = engine.cluster("shop");
    addReader("shop-2");

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);
    engine.await("shop", each -> each.status().equals("available"));

    assertThat(members()).containsExactly("shop-2 writes", "shop-1 reads");
    assertThat(engine.volume(shop).listen().toString()).contains(address("shop-2"));
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-1"));
    assertThat(host.volumes).containsOnlyKeys(volume("shop"), readerVolume("shop-1"));
    assertThat(clusterMessages())
        .anyMatch(each -> each.matches("Started (same|cross) AZ failover to DB instance: shop-2"))
        .endsWith("Completed failover to DB instance: shop-2");
  }

  @Test
  void meanwhileTheClusterIsFailingOver() {
    engine.cluster("shop");
    addReader("shop-2");
    hold(volume("shop"));
    host.kill(volume("shop"));

    engine.await("shop", each -> each.status().equals("failing-over"));
    assertThat(status("shop-1")).isEqualTo("rebooting");
    host.release();
    engine.await("shop", each -> each.status().equals("available"));
    awaitStatus("shop-1", "available");
  }

  @Test
  void aWriterWhoseReaderCannotTakeOverGoesOn_andTheReaderFollowsAgain() {
    engine.cluster("shop");
    addReader("shop-2");
    host.failNextStartWith(new HostException("out of memory"));

    host.kill(volume("shop"));
    awaitMessage("shop-1", RESTARTED);
    awaitStatus("shop-2", "available");

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(clusterMessages())
        .endsWith(
            "Cluster failover failed, check the health of your cluster instances and try again.");
  }

  @Test
  void aReaderIsMadeAnew() {
    engine.cluster("shop");
    addReader("shop-2");

    host.kill(readerVolume("shop-2"));
    awaitMessage("shop-2", RESTARTED);

    assertThat(members()).containsExactly("shop-1 writes", "shop-2 reads");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(host.volumes.get(readerVolume("shop-2")).listen()).isNotNull();
    assertThat(messages("shop-1")).doesNotContain(SHUTDOWN);
  }

  @Test
  void aReaderThatStoppedToFollowIsMadeAnew() {
    engine.cluster("shop");
    addReader("shop-2");
    var before = host.starts.get();
    host.strayed.put(readerVolume("shop-2"), "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("shop-2", RESTARTED);
    assertThat(host.starts).hasValue(before + 1);
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
    assertThat(messages("shop-2")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
    assertThat(messages("shop-1")).doesNotContain(RESTARTED);
  }

  @Test
  void aReadReplicaThatStoppedToFollowIsMadeAnew_andStaysOne() {
    var own = plain("own");
    var copy = replica("copy", "own");
    var before = host.starts.get();
    host.strayed.put(copy, "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("copy", RESTARTED);
    assertThat(host.starts).hasValue(before + 1);
    assertThat(host.followed).containsOnly(entry(copy, own));
    assertThat(messages("copy")).endsWith(SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
    assertThat(engine.describeInstance("copy").readReplicaSourceDBInstanceIdentifier())
        .isEqualTo("own");
    assertThat(messages("own")).doesNotContain(RESTARTED);
  }

  @Test
  void whatWasAReadReplicaIsLeftAlone() {
    plain("own");
    var former = replica("former", "own");
    engine.rds.promoteReadReplica(r -> r.dbInstanceIdentifier("former"));
    awaitStatus("former", "available");
    var copy = replica("copy", "own");
    var before = host.starts.get();
    host.strayed.put(former, "It follows nobody");
    host.strayed.put(copy, "The server says: Can't find any matching row");
    clock.turn(Duration.ofSeconds(5));

    awaitMessage("copy", RESTARTED);
    assertThat(host.starts).as("that of the other").hasValue(before + 1);
    assertThat(messages("former")).doesNotContain(RESTARTED);
  }

  @Test
  void allServersOfAClusterCanEndAtOnce() {
    engine.cluster("shop");
    addReader("shop-2");
    host.killSecretly(volume("shop"));
    host.kill(readerVolume("shop-2"));
    host.kill(volume("shop"));

    awaitStatus("shop-1", "available");
    awaitMessage("shop-1", RESTARTED);
    clock.turn(Duration.ofSeconds(1));
    awaitStatus("shop-2", "available");
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
  }

  @Test
  void aServerWithoutRoomComesBackWhenThereIsSome() {
    engine.cluster("shop");
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(volume("shop"));
    awaitStatus("shop-1", "storage-full");
    for (var looks = 1; looks <= 10; looks++) {
      var before = host.starts.get();
      clock.turn(Duration.ofSeconds(30));
      awaitStarts(before + 1);
    }
    assertThat(status("shop-1")).isEqualTo("storage-full");
    assertThat(messages("shop-1").stream().filter(each -> each.contains("storage-full threshold")))
        .hasSize(1);

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    awaitMessage("shop-1", RESTARTED);
    assertThat(status("shop-1")).isEqualTo("available");
  }

  @Test
  void aServerWhosePlaceIsTakenIsInAnIncompatibleNetwork() {
    engine.cluster("shop");
    host.failStartsWith(new HostException.AddressTaken("something else listens there"));
    var before = host.starts.get();
    host.kill(volume("shop"));
    for (var pause : List.of(1, 5, 15, 60)) {
      awaitStarts(++before);
      awaitReason("shop-1", "something else listens there; start");
      clock.turn(Duration.ofSeconds(pause));
    }
    awaitStatus("shop-1", "incompatible-network");
    assertThat(messages("shop-1"))
        .endsWith("Database instance in incompatible-network. something else listens there");
  }

  @Test
  void aPlainInstanceIsStartedAgain() {
    plain("own");

    host.kill(host.storageAt(address("own")));
    awaitMessage("own", RESTARTED);

    assertThat(status("own")).isEqualTo("available");
    assertThat(host.storageAt(address("own"))).isNotNull();
  }

  @Test
  void anInstanceThatIsStillShownAsBeingMadeIsNotAvailableWithoutItsServer(@TempDir Path other)
      throws Exception {
    try (var slow = TestEngine.start(other, host, clock, Pace.aurora(2))) {
      var made = slow.create("shop");
      slow.createInstance("shop-1", "shop");
      TestEngine.await(
          "the server", () -> slow.volume(made) != null && slow.volume(made).listen() != null);
      host.failStartsWith(new HostException("out of memory"));
      host.kill(new StorageId(made.dbClusterResourceId().toLowerCase(Locale.ROOT)));
      slow.awaitInstance("shop-1", each -> each.dbInstanceStatus().equals("rebooting"));
      clock.turn(Duration.ofMinutes(3));
      assertThat(slow.describeInstance("shop-1").dbInstanceStatus()).isNotEqualTo("available");
      host.failStartsWith(null);
    }
  }

  @Test
  void aServerThatEndsAgainBeforeItsInstanceIsAvailableIsStartedAgain() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(1));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");

    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    assertThat(status("shop-1")).isEqualTo("rebooting");

    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    clock.turn(Duration.ofSeconds(1));
    TestEngine.await("the server", () -> host.running(volume("shop")));
    turnUntilAvailable("shop-1");
    assertThat(messages("shop-1"))
        .endsWith(SHUTDOWN, RECOVERING, RECOVERED, SHUTDOWN, RECOVERING, RECOVERED, RESTARTED);
  }

  @Test
  void aReaderFollowsItsWriterBeforeThatIsAvailable() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(1));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");
    slowly("shop", "shop-2");
    host.killSecretly(readerVolume("shop-2"));
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(volume("shop"));
    awaitStatus("shop-1", "storage-full");
    host.kill(readerVolume("shop-2"));
    awaitReason("shop-2", "waits for its writer");

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    TestEngine.await("the reader", () -> host.running(readerVolume("shop-2")));
    assertThat(status("shop-1")).isEqualTo("rebooting");
    turnUntilAvailable("shop-1");
    turnUntilAvailable("shop-2");
  }

  @Test
  void aServerThatEndsWhileItIsRebootedAfterItWasGivenUpIsStartedAgain() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(1));
    writerWithParameters();
    turnUntilAvailable("shop-1");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.kill(volume("shop"));
    passAllStarts("shop-1");
    awaitStatus("shop-1", "incompatible-parameters");
    host.failStartsWith(null);

    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    TestEngine.await("the server", () -> host.running(volume("shop")));
    host.kill(volume("shop"));
    TestEngine.await("the server again", () -> host.running(volume("shop")));
    turnUntilAvailable("shop-1");
  }

  @Test
  void aReplicaWaitsForItsSourceHoweverLongThatHasNoRoom() {
    var own = plain("own");
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException.OutOfSpace("No space left on device"));
    host.kill(own);
    awaitStatus("own", "storage-full");

    host.kill(copy);
    awaitReason("copy", "waits for its source");
    for (var looks = 1; looks <= 10; looks++) {
      var before = host.starts.get();
      clock.turn(Duration.ofSeconds(30));
      awaitStarts(before + 1);
    }
    assertThat(status("copy")).isEqualTo("rebooting");

    host.failStartsWith(null);
    clock.turn(Duration.ofSeconds(30));
    awaitMessage("own", RESTARTED);
    awaitMessage("copy", RESTARTED);
    assertThat(host.followed).containsOnly(entry(copy, own));
  }

  @Test
  void aReplicaWhoseSourceIsGivenUpIsGivenUpToo() {
    var own = plain("own");
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(own);
    awaitReason("own", "start 2 of 5");
    host.kill(copy);
    awaitReason("copy", "waits for its source");

    passAllStarts("own");
    awaitStatus("own", "failed");
    awaitStatus("copy", "failed");
    assertThat(reason("copy")).isEqualTo("Its source is failed");
  }

  @Test
  void aReplicaThatFellWithItsSourceComesBackWithIt() {
    var own = plain("own", parameters("postgres17"));
    var copy = replica("copy", "own");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.kill(own);
    awaitReason("own", "start 2 of 5");
    host.kill(copy);
    passAllStarts("own");
    awaitStatus("own", "incompatible-parameters");
    awaitReason("copy", "Its source is incompatible-parameters");

    host.failStartsWith(null);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    awaitStatus("own", "available");
    awaitMessage("copy", RESTARTED);
    assertThat(engine.describeInstance("copy").statusInfos())
        .extracting(DBInstanceStatusInfo::status)
        .containsExactly("replicating");
    assertThat(host.followed).containsOnly(entry(copy, own));
  }

  @Test
  void readersThatFellWithTheirWriterComeBackWithIt() {
    writerWithParameters();
    awaitStatus("shop-1", "available");
    addReader("shop-2");
    host.failStartsWith(new HostException("invalid value for parameter"));
    host.killSecretly(readerVolume("shop-2"));
    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    host.kill(readerVolume("shop-2"));
    passAllStarts("shop-1");
    awaitReason("shop-2", "Its writer is incompatible-parameters");

    host.failStartsWith(null);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));
    awaitStatus("shop-1", "available");
    awaitMessage("shop-2", RESTARTED);
    assertThat(host.followed).containsOnlyKeys(readerVolume("shop-2"));
  }

  @Test
  void aReplicaWhoseSourceEndsWhileItIsMadeIsMadeWhenThatIsBack() {
    var own = plain("own");
    hold(own);
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("own"));
    host.failNextStartWith(new HostException("connection to server was lost"));
    host.kill(own);
    host.release();

    awaitMessage("own", RESTARTED);
    awaitMessage("copy", "DB instance created");
    assertThat(messages("copy")).doesNotContain(SHUTDOWN, RECOVERING, RECOVERED);
    assertThat(host.followed.values()).containsExactly(own);
  }

  @Test
  void aReaderWhoseWriterIsGivenUpWhileItIsMadeFallsWithIt_andIsMadeWithTheNextEngine()
      throws Exception {
    engine.cluster("shop");
    hold(volume("shop"));
    engine.createInstance("shop-2", "shop");
    host.failStartsWith(new HostException("invalid checkpoint record"));
    host.kill(volume("shop"));
    host.release();
    awaitReason("shop-2", "waits for its writer");
    assertThat(status("shop-2")).isEqualTo("creating");
    passAllStarts("shop-1");
    awaitStatus("shop-1", "failed");
    awaitStatus("shop-2", "failed");
    assertThat(reason("shop-2")).isEqualTo("Its writer is failed");

    engine.close();
    host.failStartsWith(null);
    engine = TestEngine.start(memory, host, clock);
    awaitStatus("shop-1", "available");
    awaitStatus("shop-2", "available");
    assertThat(engine.describeInstance("shop-2").statusInfos()).isEmpty();
  }

  @Test
  void aServerThatEndsWhileItsInstanceIsShownAsUpgradingIsStartedAgain() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(20));
    engine.rds.createDBCluster(r ->
        r.dbClusterIdentifier("shop")
            .engine("aurora-postgresql")
            .engineVersion("17.5")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    slowly("shop", "shop-1");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").engineVersion("17.6").applyImmediately(true));
    awaitStarts(2);
    TestEngine.await("the server", () -> host.running(volume("shop")));
    assertThat(status("shop-1")).isEqualTo("upgrading");

    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    turnUntilAvailable("shop-1");
  }

  @Test
  void aServerThatEndsAgainHasAPhaseOfItsOwn() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.aurora(20));
    slowly(engine.create("shop").dbClusterIdentifier(), "shop-1");
    slowly(engine.create("other").dbClusterIdentifier(), "other-1");
    var rebooting = Pace.aurora(20).of(Phase.INSTANCE_REBOOTING);
    host.kill(volume("shop"));
    TestEngine.await("recovery", () -> messages("shop-1").contains(RECOVERED));
    host.kill(volume("other"));
    TestEngine.await("recovery", () -> messages("other-1").contains(RECOVERED));

    host.kill(volume("shop"));
    awaitReason("shop-1", "start 2 of 5");
    clock.turn(Duration.ofSeconds(1));
    TestEngine.await(
        "the second recovery",
        () -> messages("shop-1").stream().filter(RECOVERED::equals).count() == 2);
    clock.turn(rebooting);
    // Its phase began with the first one of the other.
    awaitStatus("other-1", "available");
    assertThat(status("shop-1")).isEqualTo("rebooting");
    clock.turn(rebooting);
    awaitStatus("shop-1", "available");
  }

  @Test
  void aReplicaIsLookedAfterWhenTheWorkOnItsSourceIsDone() {
    var own = plain("own");
    var copy = replica("copy", "own");
    var other = plain("other");
    hold(own, other);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("own"));
    host.kill(copy);
    host.kill(other);
    awaitStatus("other", "rebooting");
    assertThat(messages("copy")).doesNotContain(SHUTDOWN);

    host.release();
    awaitMessage("own", RESTARTED);
    awaitMessage("copy", RESTARTED);
  }

  /// All work waits from now on; none of it is the first look at the history of these.
  private void hold(StorageId... volumes) {
    for (var volume : volumes) {
      TestEngine.await("a history", () -> host.history.since(volume).isPresent());
    }
    host.hold();
  }

  private StorageId plain(String id) {
    return plain(id, null);
  }

  private StorageId plain(String id, String parameters) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbParameterGroupName(parameters)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    awaitStatus(id, "available");
    return host.storageAt(address(id));
  }

  private void writerWithParameters() {
    var group = parameters("aurora-postgresql17");
    engine.create("shop");
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("shop-1")
            .dbClusterIdentifier("shop")
            .dbInstanceClass("db.r6g.large")
            .dbParameterGroupName(group)
            .engine("aurora-postgresql"));
  }

  /// A group with a parameter of its own.
  private String parameters(String family) {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily(family).description("d"));
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod("immediate")
                    .build()));
    return "own";
  }

  private StorageId replica(String id, String source) {
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier(id).sourceDBInstanceIdentifier(source));
    awaitStatus(id, "available");
    return host.storageAt(address(id));
  }

  private void slowly(String cluster, String instance) {
    engine.createInstance(instance, cluster);
    turnUntilAvailable(instance);
  }

  private void turnUntilAvailable(String id) {
    TestEngine.await(
        id + " available",
        () -> {
          clock.turn(Duration.ofSeconds(1));
          return status(id).equals("available");
        });
  }

  /// The first start, which follows at once, has failed, and so do the others.
  private void passAllStarts(String id) {
    var pauses = List.of(1, 5, 15, 60);
    for (var start = 2; start <= 5; start++) {
      awaitReason(id, "start %d of 5".formatted(start));
      clock.turn(Duration.ofSeconds(pauses.get(start - 2)));
    }
  }

  @Test
  void aReportNeverCallsADeadServerAvailable() throws Exception {
    engine.cluster("shop");
    hold(volume("shop"));
    host.killSecretly(volume("shop"));

    assertThat(report()).contains("\"rebooting\"").contains("has ended by itself");
    host.release();
    awaitMessage("shop-1", RESTARTED);
    assertThat(report()).doesNotContain("rebooting");
  }

  private String report() throws Exception {
    return SignedCall.get(
        engine.engine.endpoint(),
        StatusService.MEASURED,
        "us-west-2",
        StatusService.NAME,
        TestEngine.KEY,
        Duration.ofSeconds(10));
  }

  private void addReader(String id) {
    engine.createInstance(id, "shop");
    awaitStatus(id, "available");
  }

  private void awaitStatus(String id, String status) {
    engine.awaitInstance(id, each -> each.dbInstanceStatus().equals(status));
  }

  private void awaitStarts(int number) {
    TestEngine.await("start " + number, () -> host.starts.get() >= number);
  }

  private void awaitReason(String id, String text) {
    engine.awaitInstance(
        id, each -> each.statusInfos().stream().anyMatch(why -> why.message().contains(text)));
  }

  private void awaitMessage(String id, String message) {
    TestEngine.await(message, () -> messages(id).contains(message));
    awaitStatus(id, "available");
  }

  private String status(String id) {
    return engine.describeInstance(id).dbInstanceStatus();
  }

  private String reason(String id) {
    return engine.describeInstance(id).statusInfos().getFirst().message();
  }

  private String address(String id) {
    return engine.describeInstance(id).endpoint().address();
  }

  private StorageId volume(String cluster) {
    return new StorageId(engine.describe(cluster).dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  private StorageId readerVolume(String id) {
    return new StorageId(engine.describeInstance(id).dbiResourceId().toLowerCase(Locale.ROOT));
  }

  private List<String> members() {
    return engine.describe("shop").dbClusterMembers().stream().map(RevivalTest::role).toList();
  }

  private static String role(DBClusterMember member) {
    return member.dbInstanceIdentifier() + (member.isClusterWriter() ? " writes" : " reads");
  }

  private List<String> messages(String instance) {
    return messages(SourceType.DB_INSTANCE, instance);
  }

  private List<String> clusterMessages() {
    return messages(SourceType.DB_CLUSTER, "shop").stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).contains("failover"))
        .toList();
  }

  private List<String> messages(SourceType type, String id) {
    return Stream.of(engine.rds.describeEvents(r -> r.sourceType(type).sourceIdentifier(id)))
        .flatMap(answer -> answer.events().stream())
        .map(Event::message)
        .toList();
  }
}
