package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeJson;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.WaitingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run waits for, and what it does not wait for.
class ConvergerWaitTest extends ConvergerFixture {

  @Test
  void waitsWhereInstancesAreOnlyTakenByAvailableClusters() throws Exception {
    surroundings.world.refusingEarlyInstances();

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
  }

  @Test
  void aMigrationWaitsForOthersNoLongerThanTheRunMay() throws Exception {
    assertThat(converge("--mode", "create", "--timeout", "5"))
        .isInstanceOf(Outcome.Converged.class);

    assertThat(surroundings.patienceOfMigrations)
        .singleElement()
        .satisfies(patience ->
            assertThat(patience).isBetween(Duration.ofMinutes(4), Duration.ofSeconds(299)));
  }

  /// At each second of a run that takes some: while it waits for the storage, the instance, the
  /// changes, the login.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8, 10})
  void aClusterThatIsDeletedMeanwhileIsNotWaitedForUntilTheTimeout(int seconds) {
    var start = surroundings.clock.now();
    surroundings.world.slowPasswords(Duration.ofSeconds(20));
    surroundings.world.deletingAt(start.plusSeconds(seconds), CLONE);

    assertThatThrownBy(this::converge)
        .satisfiesAnyOf(
            ended ->
                assertThat(ended)
                    .isInstanceOf(WaitingException.class)
                    .hasMessageContaining("not there any more")
                    .hasMessageContaining("Somebody has deleted it. Run the same command again"),
            refused -> assertThat(refused).hasMessageContaining("DBClusterNotFoundFault"));
    assertThat(surroundings.clock.now()).isBefore(start.plusSeconds(600));
  }

  @Test
  void takesThrottlingForAReasonToWait() throws Exception {
    prepare().converge();
    surroundings.world.drift(CLONE, drifted());
    surroundings.world.throttling(3);

    assertThat(prepare().converge()).isInstanceOf(Outcome.Converged.class);
  }

  /// At every call of a run, reads and changes alike.
  @ParameterizedTest
  @ValueSource(strings = {"clone", "create"})
  void everyCallMayBeThrottled(String mode) throws Exception {
    surroundings.world.throttlingEveryCall();

    assertThat(converge("--mode", mode)).isInstanceOf(Outcome.Converged.class);
    assertThat(converge("--mode", mode)).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void aShortDisturbanceOfAwsEndsNoRun() throws Exception {
    surroundings.world.disturbingAfter(2, 5);

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
  }

  @Test
  void aLastingDisturbanceDoes() {
    surroundings.world.disturbingAfter(2, 50);

    assertThatThrownBy(this::converge)
        .isInstanceOf(AwsException.class)
        .hasMessageContaining("try me later");
  }

  @Test
  void anEndpointThatNeverAnsweredIsNotWaitedFor() {
    surroundings.world.disturbingAfter(0, 1);

    assertThatThrownBy(() -> converge("--cluster_id", "dev-orders"))
        .isInstanceOf(AwsException.class);
  }

  @Test
  void waitsForASourceThatIsBusy() throws Exception {
    surroundings.world.withStatusFor(Duration.ofMinutes(3), orders.source().id(), "modifying");

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("not accepted yet: DB cluster prod-orders is modifying");
  }

  @Test
  void givesUpOnASourceThatStaysBusyInTheWordsOfTheRefusal() {
    surroundings.world.withStatus(orders.source().id(), "modifying");

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll(
            "60 min", "DB cluster prod-orders is modifying (InvalidDBClusterStateFault)");
  }

  @Test
  void doesNotWaitForASourceThatNeedsSomebodyToAct() {
    var start = surroundings.clock.now();
    surroundings.world.withStatus(orders.source().id(), "stopped");

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("prod-orders is stopped", "aws rds start-db-cluster");
    assertThat(surroundings.clock.now()).isEqualTo(start);
  }

  @Test
  void aSourceThatFailedIsNotAdvisedToBeDeleted() {
    surroundings.world.withStatus(orders.source().id(), "failed");

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("prod-orders is failed", "repair or replace it")
        .hasMessageNotContainingAny("delete", "few minutes");
  }

  @Test
  void givesUpOnAClusterThatFailed() {
    surroundings.world.with(CLONE, orders.target()).withStatus(CLONE, "cloning-failed");
    surroundings.world.drift(
        CLONE, settings -> FakeSettings.withTags(settings, Map.of("db-artifact:name", "orders")));

    assertThatThrownBy(this::converge)
        .isInstanceOfSatisfying(
            NoPlanException.class,
            stuck -> assertThat(stuck.reason()).isEqualTo(NoPlanException.Reason.STUCK))
        .hasMessageContainingAll("cloning-failed", "delete");
  }

  @Test
  void statusTellsWhatLedToAFailure() throws Exception {
    converge();
    assertThat(OutcomeText.of(prepare("status").status()))
        .contains("seal:", "converged to fingerprint")
        .doesNotContain("event:");
    surroundings.world.withStatus(CLONE, "inaccessible-encryption-credentials");

    Outcome status = prepare("status").status();

    assertThat(OutcomeText.of(status))
        .contains("event:", "DB cluster " + CLONE + " was here", "does not recover by itself");
    assertThat(OutcomeJson.of(status)).contains("\"events\"");
  }

  @Test
  void aClusterThatIsDeletedBeforeTheLastLookIsToldOf() throws Exception {
    surroundings.world.deletingTheSealed();

    Outcome outcome = converge();

    assertThat(outcome.exitCode()).isEqualTo(Outcome.FAILED);
    assertThat(OutcomeText.of(outcome))
        .contains(
            "Cluster '" + CLONE + "' had converged, and was not there any more at the last look",
            "Run the same command again");
  }

  @Test
  void anAddressThatSaysNothingIsToldOfOnceAndStillWaitedFor() throws Exception {
    surroundings.silentUntil = surroundings.clock.now().plusSeconds(5 * 60);

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("does not answer from here")
        .contains("VPN", "security group", "inside the network");
  }

  @Test
  void anAddressThatNeverAnswersIsNotWaitedForUntilTheTimeout() throws Exception {
    var start = surroundings.clock.now();
    surroundings.silentUntil = start.plusSeconds(3600);

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("no answer for 10 minutes", "VPN", "goes on from here");
    assertThat(surroundings.clock.now()).isBefore(start.plusSeconds(20 * 60));

    surroundings.silentUntil = Instant.MIN;
    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
  }

  @Test
  void aShortSilenceIsNotWorthAWord() throws Exception {
    surroundings.silentUntil = surroundings.clock.now().plusSeconds(30);

    converge();

    assertThat(told.toString(StandardCharsets.UTF_8)).doesNotContain("does not answer from here");
  }
}
