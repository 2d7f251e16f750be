package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.rds.FakeSettings;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.SettingField;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run makes of a cluster that somebody has changed, or is changing.
class ConvergerDriftTest extends ConvergerFixture {

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
  void anInstanceThatIsAddedLaterCarriesTheTagsOfItsCluster() throws Exception {
    converge();
    tag(found().arn(), OwnTags.STAGE, "reviewed");
    surroundings.world.deleteInstance(new ClusterId(CLONE + "-1"));

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(found().instances())
        .singleElement()
        .satisfies(instance -> assertThat(instance.tags()).isEqualTo(found().tags()));
    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DBInstanceNotFound", "InvalidDBInstanceState"})
  void anInstanceThatSomebodyElseDeletesAtTheSameTimeIsGoneAsWished(String answer)
      throws Exception {
    ClusterId reader = aClusterWithAReader();
    surroundings.world.overtaking("delete instance " + reader, answer);

    assertReaderIsRemoved(prepare(orders, "--allow", "deletes-instances"));
  }

  @Test
  void anInstanceThatSomebodyElseHasDeletedSinceThePlanIsGoneAsWished() throws Exception {
    ClusterId reader = aClusterWithAReader();
    surroundings.standardInput = PASSWORD + "\n";
    surroundings.whileThePasswordIsTyped = () -> surroundings.world.deleteInstance(reader);

    assertReaderIsRemoved(prepareWith(null, "--reset_password", "--allow", "deletes-instances"));
    assertThat(surroundings.world.changes()).containsOnlyOnce("delete instance " + reader);
  }

  private ClusterId aClusterWithAReader() throws Exception {
    assertThat(
            prepare(Example.orders("{\"target\":{\"hardware\":{\"instanceCount\":2}}}")).converge())
        .isInstanceOf(Outcome.Converged.class);
    return new ClusterId(CLONE + "-2");
  }

  private void assertReaderIsRemoved(Converger converger) throws Exception {
    assertThat(converger.converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(found().instances()).hasSize(1);
    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  @Test
  void aTagOfOursThatAnInstanceHasOtherwiseIsThatOfItsClusterAgain() throws Exception {
    converge();
    FoundInstance instance = found().instances().getFirst();
    tag(instance.arn(), OwnTags.CREATED_AT, "2020-01-01T00:00:00Z");
    tag(instance.arn(), OwnTags.SEAL, "of another");
    tag(instance.arn(), "team", "theirs");

    assertThat(converge()).isInstanceOf(Outcome.Converged.class);
    assertThat(found().instances().getFirst().tags())
        .isEqualTo(found().tags().with(Tags.of(Map.of("team", "theirs"))));
    assertThat(converge()).isInstanceOf(Outcome.Unchanged.class);
  }

  private FoundCluster found() {
    return surroundings.world.cluster(CLONE.value()).orElseThrow();
  }

  private void tag(String arn, String key, String value) {
    surroundings.world.tag(arn, Tags.of(Map.of(key, value)));
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
}
