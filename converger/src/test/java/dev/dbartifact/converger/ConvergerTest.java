package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.FakeClusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run makes of an artifact, and a second one of what the first has made.
class ConvergerTest extends ConvergerFixture {

  @Test
  void theSecondRunChangesNothing() throws Exception {
    converge();
    int changes = surroundings.world.changes().size();
    int reads = surroundings.world.reads().size();

    Outcome second = converge();

    assertThat(second).isInstanceOf(Outcome.Unchanged.class);
    assertThat(surroundings.world.changes()).hasSize(changes);
    assertThat(surroundings.world.reads()).hasSize(reads + 1);
  }

  @Test
  void theSecondRunOfANamedClusterDoesNotEvenAskWhoCalls() throws Exception {
    converge("--cluster_id", "dev-orders");
    surroundings.asked.clear();

    assertThat(converge("--cluster_id", "dev-orders")).isInstanceOf(Outcome.Unchanged.class);
    assertThat(surroundings.asked).isEmpty();
  }

  @Test
  void clonesSettlesAndSeals() throws Exception {
    Outcome outcome = converge();

    assertThat(outcome).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes())
        .containsExactlyInAnyOrder(
            "clone " + CLONE,
            "create instance " + CLONE + "-1",
            "modify "
                + CLONE
                + " [maintenance.backupRetentionDays, maintenance.backupWindow,"
                + " maintenance.maintenanceWindow] and password",
            "tag " + CLONE + "-1 [db-artifact:fingerprint, db-artifact:seal]",
            "tag " + CLONE + " [db-artifact:fingerprint, db-artifact:seal]");
    assertThat(surroundings.world.changes()).last().asString().startsWith("tag " + CLONE + " ");
    assertThat(surroundings.world.accepts(CLONE, Secret.masterPassword(PASSWORD))).isTrue();
  }

  @Test
  void createsMigratesAndSeals() throws Exception {
    Outcome outcome = converge("--mode", "create");

    assertThat(outcome).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.migrations).containsExactly(CREATED + " 0123456789ab");
    assertThat(converge("--mode", "create")).isInstanceOf(Outcome.Unchanged.class);
    assertThat(surroundings.migrations).hasSize(1);
  }

  /// On AWS the instance that is made first is the writer.
  @Test
  void theFirstInstanceIsMadeFirst() throws Exception {
    surroundings.world.throttling("create instance " + CLONE + "-1", 3);
    var three = Example.orders("{\"target\":{\"hardware\":{\"instanceCount\":3}}}");

    assertThat(prepare(three).converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes().stream().filter(each -> each.startsWith("create ")))
        .containsExactly(
            "create instance " + CLONE + "-1",
            "create instance " + CLONE + "-2",
            "create instance " + CLONE + "-3");
  }

  @Test
  void aNewChangelogIsAppliedToAClusterThatHasConverged() throws Exception {
    converge("--mode", "create");
    String digest = "sha256:" + "f".repeat(64);
    ArtifactMetadata newer = Example.orders("{\"changelog\":{\"digest\":\"" + digest + "\"}}");

    assertThat(prepare(newer, "--mode", "create").converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.migrations).last().isEqualTo(CREATED + " ffffffffffff");
  }

  @Test
  void aCreatedClusterCannotBeGivenAnotherDatabase() throws Exception {
    converge("--mode", "create");
    ArtifactMetadata other = Example.orders("{\"target\":{\"databaseName\":\"store\"}}");

    assertThatThrownBy(() -> prepare(other, "--mode", "create").converge())
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContainingAll("'" + CREATED + "'", "'store'", "--cluster_id");
    assertThat(surroundings.migrations).hasSize(1);
  }

  @Test
  void aClusterThatIsThereCannotBeGivenAnotherMasterUser() throws Exception {
    converge("--mode", "create", "--db_username", "alice");

    assertThatThrownBy(() -> converge("--mode", "create", "--db_username", "zed"))
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContainingAll("'alice'", "'zed'", "--db_username", "--cluster_id");
    assertThat(converge("--mode", "create", "--db_username", "alice").exitCode()).isZero();
    assertThat(converge("--mode", "create").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone", "create"})
  void killedAtAnyChangeARerunCompletes(String mode) throws Exception {
    converge("--mode", mode);
    List<String> uninterrupted = state(mode);
    int changes = surroundings.world.changes().size();
    for (int kill = 1; kill <= changes; kill++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        anAccountWithTheSource();
        surroundings.world.dyingAt(kill, afterwards);
        assertThatThrownBy(() -> converge("--mode", mode))
            .as("killed at change %d", kill)
            .isInstanceOf(FakeClusters.Crash.class);
        surroundings.world.reviving();

        assertThat(converge("--mode", mode).exitCode()).isZero();
        assertThat(state(mode)).as("killed at change %d", kill).isEqualTo(uninterrupted);
        assertThat(converge("--mode", mode)).isInstanceOf(Outcome.Unchanged.class);
      }
    }
  }

  /// What the world looks like, times apart.
  private List<String> state(String mode) {
    ClusterId target = mode.equals("clone") ? CLONE : CREATED;
    var found = surroundings.clustersOf(orders).find(target).orElseThrow();
    var state = new ArrayList<String>();
    state.add(timeless(found.settings().toString()));
    found.instances().forEach(instance -> state.add(timeless(instance.toString())));
    state.add("" + surroundings.world.accepts(target, Secret.masterPassword(PASSWORD)));
    return state;
  }

  private static String timeless(String text) {
    return text.replaceAll("created-at=[^,]*", "created-at=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clone", "create"})
  void aSourceOfAuroraMySql_isTreatedAlike(String mode) throws Exception {
    String settings = "{\"engine\":\"aurora-mysql\",\"engineVersion\":\"8.0.mysql_aurora.3.08.2\"}";
    ArtifactMetadata mysql =
        Example.orders(
            "{\"source\":{\"settings\":%s},\"target\":%s}".formatted(settings, settings));
    surroundings
        .world
        .with(mysql.source().id(), mysql.source().settings())
        .withPassword(mysql.source().id(), "the-source's-own");
    String[] options = {"--mode", mode, "--cluster_id", "dev"};

    assertThat(prepare(mysql, options).converge())
        .isInstanceOfSatisfying(
            Outcome.Converged.class,
            it ->
                assertThat(it.connection().endpoint().jdbcUrl())
                    .startsWith("jdbc:mysql://dev.")
                    .endsWith("?permitMysqlScheme"));
    assertThat(surroundings.logins).contains("dev/information_schema");
    assertThat(prepare(mysql, options).converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void whereReadersAreRefusedARerunWithoutThemCompletes() throws Exception {
    surroundings.world.refusingReaders();
    var two = Example.orders("{\"target\":{\"hardware\":{\"instanceCount\":2}}}");
    var one = Example.orders("{\"target\":{\"hardware\":{\"instanceCount\":1}}}");

    assertThatThrownBy(() -> prepare(two).converge())
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll(
            "There are no readers here", "Correct the artifact's configuration");
    assertThat(prepare(one).converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(prepare(one).converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void aChangelogThatCanNeverBeAppliedIsFoundBeforeAnythingIsMade() {
    surroundings.changelogFault = Optional.of(new StepException("malformed", null));

    assertThatThrownBy(() -> converge("--mode", "create")).hasMessage("malformed");
    assertThat(surroundings.world.changes()).isEmpty();
  }

  @Test
  void aChangelogIsOnlyReadWhenItIsGoingToBeApplied() throws Exception {
    converge("--mode", "create");
    surroundings.asked.clear();

    converge("--mode", "create");
    converge();
    converge("--cluster_id", "other", "--mode", "create", "--dry_run");

    assertThat(surroundings.asked).doesNotContain("changelog");
  }

  @Test
  void refusesAHazardUntilItIsAllowed() throws Exception {
    converge();
    ArtifactMetadata larger =
        Example.orders("{\"target\":{\"hardware\":{\"instanceClass\":\"db.r6g.xlarge\"}}}");
    int before = surroundings.world.changes().size();

    Outcome refused = prepare(larger).converge();
    assertThat(refused.exitCode()).isEqualTo(Outcome.REFUSED);
    assertThat(OutcomeText.of(refused)).contains("--allow restarts", "db.t4g.medium -> db.r6g");
    assertThat(surroundings.world.changes()).hasSize(before);

    assertThat(prepare(larger, "--allow", "restarts").converge())
        .isInstanceOf(Outcome.Converged.class);
  }

  @Test
  void aDryRunStopsAfterThePlan() throws Exception {
    Outcome planned = converge("--dry_run");

    assertThat(planned).isInstanceOf(Outcome.Planned.class);
    assertThat(planned.exitCode()).isZero();
    assertThat(surroundings.world.changes()).isEmpty();
    assertThat(prepare("plan", "--detailed-exitcode").converge().exitCode())
        .isEqualTo(Outcome.PENDING);
  }
}
