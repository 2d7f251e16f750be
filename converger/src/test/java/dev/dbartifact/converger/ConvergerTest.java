package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.converger.plan.Planner;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeJson;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.CreateInstance;
import dev.dbartifact.rds.FakeClusters;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.InstanceName;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import dev.dbartifact.rds.SettingField;
import dev.dbartifact.rds.WaitingException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergerTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final ClusterId CLONE = new ClusterId("prod-orders-clone-alice");
  private static final ClusterId CREATED = new ClusterId("prod-orders-create-alice");

  private final ArtifactMetadata orders = Example.orders();
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private FakeSurroundings surroundings;

  @BeforeEach
  void anAccountWithTheSource() {
    surroundings = new FakeSurroundings();
    surroundings
        .world
        .with(orders.source().id(), orders.source().settings())
        .withPassword(orders.source().id(), "the-source's-own");
  }

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
  void waitsWhereInstancesAreOnlyTakenByAvailableClusters() throws Exception {
    surroundings.world.refusingEarlyInstances();

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
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

  private static UnaryOperator<ClusterSettings> drifted() {
    return settings ->
        FakeSettings.set(
            settings, SettingField.BACKUP_RETENTION, Example.orders().source().settings());
  }

  @Test
  void repairsDrift() throws Exception {
    converge();
    surroundings.world.drift(CLONE, drifted());
    int before = surroundings.world.changes().size();

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes().subList(before, before + 1))
        .containsExactly("modify " + CLONE + " [maintenance.backupRetentionDays]");
    assertThat(surroundings.world.changes()).hasSize(before + 1);
    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  /// The fake lags as RDS does: neither status nor value shows the change for some seconds.
  @Test
  void aChangeOfClassIsWaitedForAlthoughItShowsLate() throws Exception {
    converge();
    ArtifactMetadata larger =
        Example.orders("{\"target\":{\"hardware\":{\"instanceClass\":\"db.r6g.xlarge\"}}}");

    assertThat(prepare(larger, "--allow", "restarts").converge())
        .isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.isBusy()).isFalse();
  }

  @Test
  void aRebootIsWaitedForAlthoughItShowsLate() throws Exception {
    converge();
    ArtifactMetadata other =
        Example.orders("{\"target\":{\"parameters\":{\"clusterGroup\":\"another\"}}}");

    assertThat(prepare(other, "--allow", "restarts").converge())
        .isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes()).contains("reboot instance " + CLONE + "-1");
    assertThat(surroundings.world.isBusy()).isFalse();
  }

  @Test
  void whatIsOnlyOnItsWayIsNotLeftOver() throws Exception {
    converge();
    var start = surroundings.clock.now();
    surroundings.world.drift(CLONE, drifted());
    surroundings.world.instanceSoonBusyFor(
        Duration.ofMinutes(2), new ClusterId(CLONE + "-1"), "modifying");

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.clock.now()).isAfter(start.plusSeconds(120));
  }

  @Test
  void aChangeThatSomebodyPutOffIsNotWaitedFor() throws Exception {
    converge();
    surroundings.world.deferring(CLONE, Set.of(SettingField.BACKUP_RETENTION));
    var start = surroundings.clock.now();
    ArtifactMetadata other =
        Example.orders("{\"target\":{\"maintenance\":{\"backupWindow\":\"05:00-05:30\"}}}");

    assertThat(prepare(other).converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.clock.now()).isBefore(start.plusSeconds(300));
  }

  @Test
  void anInstanceHasAMaintenanceWindowOfItsOwn() throws Exception {
    converge();
    var instance = new ClusterId(CLONE + "-1");
    ClusterSettings other =
        Example.orders(
                "{\"target\":{\"maintenance\":{\"maintenanceWindow\":\"fri:01:00-fri:01:30\"}}}")
            .target();
    surroundings.world.driftInstance(
        instance,
        settings -> FakeSettings.set(settings, SettingField.INSTANCE_MAINTENANCE_WINDOW, other));

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes())
        .last()
        .isEqualTo("modify instance " + instance + " [maintenance.maintenanceWindow]");
    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void createsMigratesAndSeals() throws Exception {
    Outcome outcome = converge("--mode", "create");

    assertThat(outcome).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.migrations).containsExactly(CREATED + " 0123456789ab");
    assertThat(converge("--mode", "create")).isInstanceOf(Outcome.Unchanged.class);
    assertThat(surroundings.migrations).hasSize(1);
  }

  @Test
  void aNewChangelogIsAppliedToAClusterThatHasConverged() throws Exception {
    converge("--mode", "create");
    String digest = "sha256:" + "f".repeat(64);
    ArtifactMetadata newer = Example.orders("{\"changelog\":{\"digest\":\"" + digest + "\"}}");

    assertThat(prepare(newer, "--mode", "create").converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.migrations).last().isEqualTo(CREATED + " ffffffffffff");
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
  void theSourceIsNoTarget() {
    assertThatThrownBy(() -> converge("--cluster_id", "prod-orders"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--cluster_id: is 'prod-orders'", "never touched");
  }

  @Test
  void leavesAForeignClusterAlone() {
    surroundings.world.with(new ClusterId("dev-orders"), orders.target());

    assertThatThrownBy(() -> converge("--cluster_id", "dev-orders"))
        .isInstanceOf(NoPlanException.class)
        .hasMessageContaining("was not made by artifact 'orders'");
    assertThat(surroundings.world.changes()).isEmpty();
  }

  @Test
  void refusesAClusterOfTheOtherMode() throws Exception {
    converge("--cluster_id", "dev-orders");

    assertThatThrownBy(() -> converge("--cluster_id", "dev-orders", "--mode", "create"))
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContaining("was made with --mode clone");
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
  void anArtifactThatCanOnlyBeClonedIsNotCreated() {
    var bare = Example.orders("{\"changelog\": null, \"target\": {\"databaseName\": null}}");

    assertThatThrownBy(() -> prepare(bare, "--mode", "create"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "liquibase_changelog_path in [liquibase]", "database_name in [target_db]");
    assertThatCode(() -> prepare(bare)).doesNotThrowAnyException();
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
  void onlyWeWriteOurOwnTags() {
    ArtifactMetadata copied =
        Example.orders("{\"target\":{\"tags\":{\"db-artifact:seal\":\"x\"}}}");

    assertThatThrownBy(() -> prepare(copied))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("$.target.tags['db-artifact:seal']");
  }

  @Test
  void aCloneRemembersItsSourceAndNeverPassesForThatOfAnother() throws Exception {
    converge("--cluster_id", "dev-orders");
    String other = "arn:aws:rds:us-east-1:123456789012:cluster:prod-orders-2";
    var moved = Example.orders("{\"source\":{\"id\":\"prod-orders-2\",\"arn\":\"" + other + "\"}}");

    assertThatThrownBy(() -> prepare(moved, "--cluster_id", "dev-orders").converge())
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContainingAll(orders.source().arn(), other, "--cluster_id");
  }

  @Test
  void aSubnetGroupLeftByAnInterruptedRunIsGivenOtherSubnets() throws Exception {
    var first = withSubnets("subnet-0000000a", "subnet-0000000b");
    surroundings.world.dyingAt(1, true);
    assertThatThrownBy(() -> prepare(first).converge()).isInstanceOf(FakeClusters.Crash.class);
    surroundings.world.reviving();

    var second = withSubnets("subnet-0000000a", "subnet-0000000c");
    assertThat(prepare(second).converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.changes()).contains("modify subnet group " + CLONE);
    assertThat(prepare(second).converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void anInstanceNameThatAnotherClusterHasIsSeenBeforeAnythingIsMade() throws Exception {
    takeNameOfTheFirstInstance();
    int before = surroundings.world.changes().size();

    assertThatThrownBy(this::converge)
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContainingAll(
            "Instance '" + CLONE + "-1' of cluster '" + CLONE + "' cannot be made",
            "in cluster 'other'",
            "--cluster_id");
    assertThatThrownBy(() -> converge("--dry_run")).isInstanceOf(NoPlanException.class);
    assertThat(surroundings.world.changes()).hasSize(before);
  }

  @Test
  void anInstanceThatAnotherRunHasJustMadeTakesNoName() {
    var first = new ClusterId(CLONE + "-1");
    var plan = new Plan(CLONE, List.of(), List.of());

    assertThatCode(
            () -> Planner.refuseTaken(plan, List.of(new InstanceName(first, Optional.of(CLONE)))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> Planner.refuseTaken(plan, List.of(new InstanceName(first, Optional.empty()))))
        .hasMessageContaining("in no cluster");
  }

  private void takeNameOfTheFirstInstance() {
    var other = new ClusterId("other");
    var taken = new ClusterId(CLONE + "-1");
    surroundings.world.with(other, orders.target());
    surroundings.world.createInstance(
        new CreateInstance(other, taken, orders.target(), Tags.none()));
  }

  @Test
  void anInstanceNameThatIsTakenMeanwhileIsToldWithAdvice() {
    var taken = new ClusterId(CLONE + "-1");
    surroundings.standardInput = PASSWORD + "\n";
    surroundings.whileThePasswordIsTyped = this::takeNameOfTheFirstInstance;

    assertThatThrownBy(() -> prepareWith(null).converge())
        .isInstanceOf(AwsException.class)
        .hasMessageContainingAll(
            "Could not create instance '" + taken + "'", "The cluster stays", "--cluster_id");
  }

  @Test
  void aForeignSubnetGroupIsLeftAlone() {
    var subnets = SubnetIds.parse("subnet-0000000a,subnet-0000000b");
    surroundings.world.withSubnetGroup(CLONE.value(), subnets);

    assertThatThrownBy(() -> prepare(withSubnets("subnet-0000000a", "subnet-0000000b")).converge())
        .isInstanceOf(NoPlanException.class)
        .hasMessageContaining("DB subnet group '" + CLONE + "' exists and was not made by");
    assertThat(surroundings.world.changes()).isEmpty();
  }

  private static ArtifactMetadata withSubnets(String one, String other) {
    return Example.orders(
        """
        {"target": {"network": {"subnetGroup": null, "subnetIds": ["%s", "%s"]}}}
        """
            .formatted(one, other));
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

  @Test
  void thePasswordIsNeverTold() throws Exception {
    Outcome outcome = converge("--mode", "create");

    assertThat(OutcomeJson.of(outcome) + OutcomeText.of(outcome) + told).doesNotContain(PASSWORD);
    Outcome planned = prepareWith(PASSWORD, "--cluster_id", "x", "--dry_run").converge();
    assertThat(OutcomeJson.of(planned) + planned).doesNotContain(PASSWORD);
  }

  private Outcome converge(String... arguments) throws Exception {
    return prepare(arguments).converge();
  }

  private Converger prepare(String... arguments) throws InvalidInputException {
    return prepare(orders, arguments);
  }

  private Converger prepareWith(String password, String... arguments) throws InvalidInputException {
    return prepare(orders, password, arguments);
  }

  private Converger prepare(ArtifactMetadata artifact, String... arguments)
      throws InvalidInputException {
    return prepare(artifact, PASSWORD, arguments);
  }

  private Converger prepare(ArtifactMetadata artifact, String password, String[] arguments)
      throws InvalidInputException {
    var environment = password == null ? Map.<String, String>of() : Map.of("DB_PASSWORD", password);
    var options =
        OptionsReader.read(List.of(arguments), environment, InputStream.nullInputStream());
    var progress = new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), false, 80);
    return new Converger(artifact, options, surroundings, progress);
  }
}
