package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeJson;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import dev.dbartifact.rds.WaitingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The master password: where it is taken from, when it is set, and when it is found not to hold.
class ConvergerPasswordTest extends ConvergerFixture {

  @Test
  void setsThePasswordAgainOnlyWhenAsked() throws Exception {
    converge();

    Outcome told = prepareWith("another-password").converge();
    assertThat(told.exitCode()).isEqualTo(Outcome.PENDING);
    assertThat(OutcomeText.of(told))
        .contains("the master password is not the one that was given", "--reset_password")
        .doesNotContain("another-password");
    assertThat(surroundings.world.accepts(CLONE, Secret.masterPassword(PASSWORD))).isTrue();

    assertThat(prepareWith("another-password", "--reset_password").converge())
        .isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.accepts(CLONE, Secret.masterPassword("another-password")))
        .isTrue();
  }

  @Test
  void anotherPasswordIsToldOfBesideDriftThatIsRepaired() throws Exception {
    converge();
    surroundings.world.drift(CLONE, drifted());

    Outcome told = prepareWith("another-password").converge();

    assertThat(told).isInstanceOf(Outcome.Diverged.class);
    assertThat(OutcomeText.of(told)).contains("--reset_password");
    assertThat(surroundings.world.changes())
        .contains("modify " + CLONE + " [maintenance.backupRetentionDays]");
  }

  @Test
  void aConvergedClusterThatIsOutOfReachIsUnchanged() throws Exception {
    converge();
    surroundings.silentUntil = surroundings.clock.now().plusSeconds(3600);

    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  /// A login would start its instances, and what they cost.
  @Test
  void aClusterThatMayBePausedIsNotWokenToHearThatThereIsNothingToDo() throws Exception {
    ArtifactMetadata pausing =
        Example.orders(
            "{\"target\":{\"hardware\":{\"serverless\":{\"min\":\"0\",\"max\":\"8\"}}}}");
    assertThat(prepare(pausing).converge()).isInstanceOf(Outcome.Converged.class);
    surroundings.logins.clear();

    assertThat(prepare(pausing).converge()).isInstanceOf(Outcome.Unchanged.class);
    assertThat(surroundings.logins).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone", "create"})
  void whoeverComesSecondWithAnotherPasswordHearsOfIt(String mode) {
    surroundings.meanwhile =
        cluster -> {
          surroundings.world.withPassword(cluster, "the-other-ones");
          surroundings.world.drift(
              cluster,
              settings ->
                  FakeSettings.withTags(
                      settings,
                      Map.of(OwnTags.SEAL, new Seal(cluster, Digest.of(new byte[0])).toString())));
        };

    assertThatThrownBy(() -> converge("--mode", mode))
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("Another run has converged", "--reset_password");
  }

  /// The engine was killed while it applied it, say.
  @Test
  void aPasswordThatIsLostIsSetOnceMore() throws Exception {
    surroundings.world.losingAPassword();
    var start = surroundings.clock.now();

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes()).contains("modify " + CLONE + " [] and password");
    assertThat(told.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Setting it once more");
    assertThat(surroundings.clock.now()).isBefore(start.plusSeconds(5 * 60));
  }

  @Test
  void aPasswordThatIsOnlySlowIsNotSetAgain() throws Exception {
    surroundings.world.slowPasswords(Duration.ofMinutes(5));

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes()).doesNotContain("modify " + CLONE + " [] and password");
  }

  @Test
  void aPasswordThatNeverTakesEffectIsNotWaitedForUntilTheTimeout() {
    surroundings.meanwhile = cluster -> surroundings.world.withPassword(cluster, "somebody-elses");
    var start = surroundings.clock.now();

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContaining("Run the same command again, which sets it again");
    assertThat(surroundings.clock.now()).isBefore(start.plusSeconds(30 * 60));

    surroundings.meanwhile = cluster -> {};
    assertThatCode(this::converge).doesNotThrowAnyException();
  }

  @Test
  void takesThePasswordFromStandardInputWhenItIsNeeded() throws Exception {
    surroundings.standardInput = PASSWORD + "\n";
    assertThat(prepareWith(null).converge()).isInstanceOf(Outcome.Converged.class);
    surroundings.standardInput = "";
    assertThat(prepareWith(null).converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void namesEveryWayToGiveAMissingPassword() {
    assertThatThrownBy(() -> prepareWith(null).converge())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("DB_PASSWORD", "--db_password_file", "standard input");
    assertThat(surroundings.world.changes()).isEmpty();
  }

  @Test
  void aLoginThatNoWaitingHelpsFailsAtOnce() {
    surroundings.impossible = Optional.of(new LoginAnswer.Impossible("no driver", "Take another."));
    var before = surroundings.clock.now();

    assertThatThrownBy(this::converge)
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("no driver", "Take another.");
    assertThat(Duration.between(before, surroundings.clock.now()))
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void logsInToTheDatabaseThatIsAlwaysThere() throws Exception {
    converge();

    assertThat(surroundings.logins).isNotEmpty().containsOnly(CLONE + "/postgres");
  }

  @Test
  void thePasswordIsNeverTold() throws Exception {
    Outcome outcome = converge("--mode", "create");

    assertThat(OutcomeJson.of(outcome) + OutcomeText.of(outcome) + told).doesNotContain(PASSWORD);
    Outcome planned = prepareWith(PASSWORD, "--cluster_id", "x", "--dry_run").converge();
    assertThat(OutcomeJson.of(planned) + planned).doesNotContain(PASSWORD);
  }
}
