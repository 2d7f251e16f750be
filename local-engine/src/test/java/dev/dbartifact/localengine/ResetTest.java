package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/// Clones that are brought back to their source where they are.
class ResetTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  private static final String OWN = "battery-staple";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path memory;
  private final FakeDatabaseHost host = new FakeDatabaseHost();
  private TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /// With an instance, a word that its source has not, and a password of its own.
  private DBCluster clone(String id, String source) {
    engine.restore(id, source);
    engine.createInstance(id + "-1", id);
    await(id, "available");
    await(id + "-1");
    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).masterUserPassword(OWN).applyImmediately(true));
    TestEngine.await("the password", () -> OWN.equals(engine.volume(cluster(id)).password()));
    engine.await(id, each -> each.pendingModifiedValues() == null);
    write(id, "of " + id);
    return cluster(id);
  }

  private DBCluster cluster(String id) {
    return engine.describe(id);
  }

  private void await(String id, String status) {
    engine.await(id, each -> each.status().equals(status));
  }

  private void await(String instance) {
    engine.awaitInstance(instance, each -> each.dbInstanceStatus().equals("available"));
  }

  private static StorageId volume(DBCluster cluster) {
    return new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  private void write(String id, String word) {
    host.words.computeIfAbsent(volume(cluster(id)), _ -> new CopyOnWriteArrayList<>()).add(word);
  }

  private List<String> words(String id) {
    return host.words.getOrDefault(volume(cluster(id)), List.of());
  }

  private SignedCall.Reply ask(String body) {
    try {
      return SignedCall.post(
          engine.engine.endpoint().resolve(StatusService.RESET),
          body,
          "us-west-2",
          StatusService.NAME,
          TestEngine.KEY,
          PATIENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StatusService.ResetAnswer answer(int status, String... ids) {
    try {
      var json = new ObjectMapper();
      var reply = ask(json.writeValueAsString(Map.of("clusters", ids)));
      assertThat(reply.status()).as(reply.body()).isEqualTo(status);
      return json.readValue(reply.body(), StatusService.ResetAnswer.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reset(String... ids) {
    assertThat(answer(200, ids).message()).isNull();
  }

  private String refusal(String... ids) {
    return answer(400, ids).message();
  }

  @Test
  void aCloneThatWasNotChangedIsWhatItWas() {
    engine.cluster("prod");
    var before = clone("dev", "prod");
    reset("dev");
    assertThat(cluster("dev").copy(TestEngine::withoutTimes))
        .isEqualTo(before.copy(TestEngine::withoutTimes));
    assertThat(host.volumes.keySet())
        .containsExactlyInAnyOrder(volume(cluster("prod")), volume(before));
  }

  @Test
  void aResetCloneHasTheDataOfItsSourceAsItIsNow_andEverythingElseAsItWas() {
    engine.cluster("prod");
    var before = clone("dev", "prod");
    var instance = engine.describeInstance("dev-1");
    engine.rds.addTagsToResource(r ->
        r.resourceName(before.dbClusterArn())
            .tags(Tag.builder().key("owner").value("ada").build()));
    write("prod", "of today");

    assertThat(answer(200, "DEV").resets())
        .containsExactly(new ResetReport("dev", "cluster 'prod'", null, null));

    assertThat(words("dev")).containsExactly("of today");
    assertThat(engine.volume(before).password()).as("its own password").isEqualTo(OWN);
    assertThat(engine.volume(before).listen().address().getHostAddress())
        .isEqualTo(before.endpoint());
    assertThat(cluster("dev").tagList()).extracting(Tag::value).containsExactly("ada");
    assertThat(cluster("dev").dbClusterResourceId()).isEqualTo(before.dbClusterResourceId());
    assertThat(engine.describeInstance("dev-1")).isEqualTo(instance);
    assertThat(words("prod")).containsExactly("of today");
  }

  @Test
  void itIsBacktrackingMeanwhile_andTellsOfIt() {
    engine.cluster("prod");
    clone("dev", "prod");
    host.hold();
    var answer = CompletableFuture.supplyAsync(() -> answer(200, "dev"));
    await("dev", "backtracking");
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("backtracking");
    assertThat(refusal("dev"))
        .isEqualTo("Cannot reset cluster 'dev': it is backtracking; it must be available.");
    assertThat(answer).isNotDone();

    host.release();
    answer.join();

    assertThat(cluster("dev").status()).isEqualTo("available");
    assertThat(events("db-cluster", "dev")).contains("Reset to cluster 'prod'");
    assertThat(events("db-cluster", "dev").stream().filter("Reset master credentials"::equals))
        .as("the password is what it was")
        .hasSize(1);
    assertThat(events("db-instance", "dev-1")).contains("DB instance restarted");
  }

  private List<String> events(String type, String id) {
    return engine.rds.describeEvents(r -> r.sourceType(type).sourceIdentifier(id)).events().stream()
        .map(Event::message)
        .toList();
  }

  @Test
  void readersFollowTheNewData() {
    engine.cluster("prod");
    clone("dev", "prod");
    engine.createInstance("dev-2", "dev");
    await("dev-2");
    write("prod", "of today");

    reset("dev");

    var reader = host.storageAt(engine.describeInstance("dev-2").endpoint().address());
    assertThat(host.followed).containsEntry(reader, volume(cluster("dev")));
    assertThat(host.words.get(reader)).containsExactly("of today");
    assertThat(engine.describeInstance("dev-2").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void itCanBeResetAgain_andItsOwnClonesStayWhole() {
    engine.cluster("prod");
    clone("dev", "prod");
    clone("mine", "dev");

    reset("dev");
    write("dev", "once more");
    reset("dev");

    assertThat(words("dev")).isEmpty();
    assertThat(words("mine")).containsExactly("of dev", "of mine");
    reset("mine");
    assertThat(words("mine")).isEmpty();
  }

  @Test
  void severalAreResetTogether_sourcesFirst() {
    engine.cluster("prod");
    clone("dev", "prod");
    clone("mine", "dev");

    assertThat(answer(200, "mine", "dev", "mine").resets())
        .extracting(ResetReport::id)
        .containsExactly("dev", "mine");

    assertThat(words("mine")).as("dev had been reset before").isEmpty();
  }

  @Test
  void aCloneWithoutAnInstanceIsReset_passwordAndAll() {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");

    reset("dev");

    assertThat(words("dev")).isEmpty();
    assertThat(engine.volume(dev).password()).isEqualTo(OWN);
    assertThat(engine.volume(dev).listen()).isNull();
  }

  @Test
  void whatWasRestoredFromASnapshotIsResetToThat() {
    engine.cluster("prod");
    write("prod", "of then");
    engine.rds.createDBClusterSnapshot(
        r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("nightly"));
    await("prod", "available");
    engine.rds.restoreDBClusterFromSnapshot(r ->
        r.dbClusterIdentifier("dev").snapshotIdentifier("nightly").engine("aurora-postgresql"));
    engine.createInstance("dev-1", "dev");
    await("dev-1");
    write("dev", "of dev");
    write("prod", "of today");

    assertThat(answer(200, "dev").resets())
        .containsExactly(new ResetReport("dev", "snapshot 'nightly'", null, null));

    assertThat(words("dev")).containsExactly("of then");
    engine.rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("nightly"));
    TestEngine.await(
        "the end of the snapshot",
        () -> engine.rds.describeDBClusterSnapshots().dbClusterSnapshots().isEmpty());
    assertThat(refusal("dev"))
        .isEqualTo("Cannot reset cluster 'dev': what it was made from is gone.");
  }

  @Test
  void aPlainInstanceIsResetToo() {
    createPlain("own");
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.sourceDBInstanceIdentifier("own")
            .targetDBInstanceIdentifier("copy")
            .useLatestRestorableTime(true));
    await("copy");
    var before = engine.describeInstance("copy");
    var copy = host.storageAt(before.endpoint().address());
    host.words.put(copy, new CopyOnWriteArrayList<>(List.of("of the copy")));

    assertThat(answer(200, "copy").resets())
        .containsExactly(new ResetReport("copy", "instance 'own'", null, null));

    assertThat(host.words.get(copy)).isEmpty();
    assertThat(engine.describeInstance("copy").dbInstanceStatus()).isEqualTo("available");
    assertThat(engine.describeInstance("copy").endpoint()).isEqualTo(before.endpoint());
    assertThat(refusal("own"))
        .isEqualTo(
            "Cannot reset instance 'own': it was made empty, not from another one; delete it and create it again.");
  }

  @Test
  void nothingIsDeletedMeanwhile() {
    engine.cluster("prod");
    clone("dev", "prod");
    createPlain("own");
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.sourceDBInstanceIdentifier("own")
            .targetDBInstanceIdentifier("copy")
            .useLatestRestorableTime(true));
    await("copy");
    host.hold();
    var answer = CompletableFuture.supplyAsync(() -> answer(200, "dev", "copy"));
    await("dev", "backtracking");

    for (var id : List.of("dev-1", "copy")) {
      assertThatThrownBy(() ->
              engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true)))
          .isInstanceOf(RdsException.class)
          .hasMessageContaining("is backtracking. Wait until that is over.");
    }
    host.release();
    answer.join();
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstanceGone("dev-1");
  }

  private void createPlain(String id) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.small")
            .allocatedStorage(30)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    await(id);
  }

  @Test
  void oneThatCannotBeResetKeepsTheOthersAsTheyAre() {
    engine.cluster("prod");
    clone("dev", "prod");

    assertThat(refusal("dev", "prod", "nobody"))
        .isEqualTo(
            """
            Cannot reset cluster 'prod': it was made empty, not from another one; delete it and create it again.
            There is no cluster 'nobody'.\
            """);

    assertThat(words("dev")).containsExactly("of dev");
  }

  @Test
  void aReplacementThatFailsLeavesTheCloneAsItWas() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    engine.createInstance("dev-2", "dev");
    await("dev-2");
    var starts = host.starts.get();
    host.failNextReplacementWith(new HostException.OutOfSpace("The pool is full"));

    var answer = answer(500, "dev");

    assertThat(answer.message()).isEqualTo("Could not reset 'dev': The pool is full");
    assertThat(words("dev")).containsExactly("of dev");
    assertThat(engine.volume(dev).password()).isEqualTo(OWN);
    assertThat(host.starts.get()).as("servers went on").isEqualTo(starts);
    assertThat(cluster("dev").status()).isEqualTo("available");
    await("dev-1");
    await("dev-2");
    assertThat(events("db-cluster", "dev")).contains("It could not be reset. The pool is full");
    reset("dev");
  }

  @Test
  void aServerThatDoesNotStartIsSaid_andTheNextResetMayHelp() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    host.failNextStartWith(new HostException("No server today"));

    assertThat(answer(500, "dev").message())
        .isEqualTo(
            "Could not reset 'dev': The server of 'dev-1' did not start; 'db-artifact-local status' says why");
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("failed");

    reset("dev");
    assertThat(engine.volume(dev).password()).isEqualTo(OWN);
    await("dev-1");
  }

  @Test
  void aCloneWhoseDataDoNotStartIsResetAllTheSame_withThePasswordOfItsSource() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    var damaged = new HostException("could not locate a valid checkpoint record");
    host.failNextStartWith(damaged);
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("failed"));
    host.failNextStartWith(damaged);

    assertThat(answer(200, "dev").resets()).containsExactly(withPasswordOfSource(damaged));

    assertThat(words("dev")).isEmpty();
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
    await("dev-1");
  }

  private static ResetReport withPasswordOfSource(HostException why) {
    return new ResetReport(
        "dev",
        "cluster 'prod'",
        null,
        "The master password of 'dev' is that of cluster 'prod' now, since its own could not be read: %s. Set one with ModifyDBCluster"
            .formatted(why.getMessage()));
  }

  @Test
  void aMasterUserWithoutAPasswordOfTheUsualKindGetsThatOfTheSource() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    var other = new HostException("User 'admin' logs in by ed25519");
    host.failVerifiersWith(other);

    assertThat(answer(200, "dev").resets()).containsExactly(withPasswordOfSource(other));
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
  }

  @Test
  void anInstanceThatWaitsForRoomWaitsOnWhenItsResetFails() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    var full = new HostException.OutOfSpace("No space left on device");
    host.failStartsWith(full);
    host.kill(volume(dev));
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("storage-full"));
    host.failNextReplacementWith(full);
    var starts = host.starts.get();

    assertThat(answer(500, "dev").message())
        .isEqualTo("Could not reset 'dev': No space left on device");

    TestEngine.await("the next start", () -> host.starts.get() > starts + 1);
    engine.awaitInstance("dev-1", each -> each.dbInstanceStatus().equals("storage-full"));
    host.failStartsWith(null);
    reset("dev");
    await("dev-1");
  }

  @Test
  void aPasswordThatAnInterruptedResetKeptIsLearnedWithoutAWord() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    host.failStartsWith(new HostException("No server today"));
    answer(500, "dev");
    assertThat(engine.volume(dev).password()).isEqualTo(TestEngine.PASSWORD);
    engine.close();
    host.failStartsWith(null);

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    await("dev-1");
    TestEngine.await("the password", () -> OWN.equals(engine.volume(dev).password()));
    assertThat(events("db-cluster", "dev")).doesNotContain("Reset master credentials");
  }

  @Test
  void whatIsProtectedFromDeletionIsProtectedFromThisToo() {
    engine.cluster("prod");
    clone("dev", "prod");
    engine.rds.modifyDBCluster(r -> r.dbClusterIdentifier("dev").deletionProtection(true));
    assertThat(refusal("dev")).contains("protected from deletion", "--no-deletion-protection");
  }

  @Test
  void aHistoryBeginsAnew() {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    host.history.remember(volume(dev));
    reset("dev");
    assertThat(host.history.since(volume(dev))).isEmpty();
  }

  @Test
  void aServerThatEndsWhileItsInstanceIsShownAsBacktrackingIsStartedAgain() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    engine.close();
    var clock = new TurnableClock(Instant.now());
    engine = TestEngine.start(memory, host, clock, Pace.aurora(20));
    turnUntilAvailable(clock, "prod-1");
    turnUntilAvailable(clock, "dev-1");
    var starts = host.starts.get();
    var answer = CompletableFuture.supplyAsync(() -> answer(200, "dev"));
    TestEngine.await(
        "the server on the new data",
        () -> host.starts.get() > starts && host.running(volume(dev)));
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("backtracking");

    host.kill(volume(dev));

    TestEngine.await("the server again", () -> host.running(volume(dev)));
    turnUntilAvailable(clock, "dev-1");
    answer.join();
  }

  private void turnUntilAvailable(TurnableClock clock, String instance) {
    TestEngine.await(
        instance + " available",
        () -> {
          clock.turn(Duration.ofSeconds(1));
          return engine.describeInstance(instance).dbInstanceStatus().equals("available");
        });
  }

  @Test
  void whatIsNotUnderstoodIsSaid() {
    assertThat(ask("[]").status()).isEqualTo(400);
    assertThat(ask("{\"clusters\": []}").body()).contains("at least one");
    assertThat(ask("dev").body()).contains("{\\\"clusters\\\": [\\\"dev\\\"]}");
  }

  @Test
  void anEngineThatStopsLetsGoOfThoseWhoWait_andTheNextOneFindsTheCloneAsItWas() throws Exception {
    engine.cluster("prod");
    var dev = clone("dev", "prod");
    engine.close();
    var clock = new TurnableClock(Instant.now());
    engine = TestEngine.start(memory, host, clock, Pace.aurora(1));
    clock.turn(Duration.ofMinutes(10));
    await("dev-1");
    var answer = CompletableFuture.supplyAsync(() -> answer(500, "dev"));
    await("dev", "backtracking");

    engine.close();

    assertThat(answer.join().message()).contains("the engine stops");
    engine = TestEngine.start(memory, host, Clock.systemUTC());
    await("dev", "available");
    await("dev-1");
    assertThat(engine.volume(dev).password()).isEqualTo(OWN);
  }
}
