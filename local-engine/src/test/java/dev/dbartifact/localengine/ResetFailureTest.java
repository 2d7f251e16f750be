package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.SourceType;

/// Resets that fail, wholly or in part, or are interrupted.
class ResetFailureTest extends ResetFixture {

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
    assertThat(messages(SourceType.DB_CLUSTER, "dev"))
        .contains("It could not be reset. The pool is full");
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
    host.kill(storage(dev));
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
    assertThat(messages(SourceType.DB_CLUSTER, "dev")).doesNotContain("Reset master credentials");
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
        () -> host.starts.get() > starts && host.running(storage(dev)));
    assertThat(engine.describeInstance("dev-1").dbInstanceStatus()).isEqualTo("backtracking");

    host.kill(storage(dev));

    TestEngine.await("the server again", () -> host.running(storage(dev)));
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
