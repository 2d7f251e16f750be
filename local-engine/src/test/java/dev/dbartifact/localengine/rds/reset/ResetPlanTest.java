package dev.dbartifact.localengine.rds.reset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.server.CloneKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

class ResetPlanTest {

  private static final Cluster PROD = cluster("prod", null);
  private static final Cluster DEV = cluster("dev", "prod");
  private static final Instance WRITER = instance("dev-1", Status.AVAILABLE);

  private static Cluster cluster(String id, String source) {
    var settings =
        DBCluster.builder()
            .dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .engineVersion("17.4")
            .status(Status.AVAILABLE)
            .build();
    var kind = source == null ? null : CloneKind.COPY_ON_WRITE;
    return new Cluster(
        id, "127.77.0.1", "127.77.0.2", null, source, kind, null, null, null, settings);
  }

  private static Instance instance(String id, String status) {
    var settings =
        DBInstance.builder()
            .dbInstanceIdentifier(id)
            .dbiResourceId("db-" + id)
            .dbInstanceStatus(status)
            .build();
    return Instance.fresh("dev", "127.77.0.3", settings);
  }

  private static ResetPlan plan(Cluster cluster, Instance... members) {
    return new ResetPlan(cluster, List.of(members), Optional.of(PROD), Optional.empty(), List.of());
  }

  private static String problem(ResetPlan plan) {
    return plan.problem().orElse("none");
  }

  private static Cluster with(Cluster cluster, String status) {
    return cluster.with(builder -> builder.status(status));
  }

  @Test
  void aCloneThatIsAvailableCanBeReset() {
    assertThat(problem(plan(DEV, WRITER))).isEqualTo("none");
    assertThat(problem(plan(DEV))).as("without an instance").isEqualTo("none");
    assertThat(plan(DEV).origin()).isEqualTo(PROD.storageId());
    assertThat(plan(DEV).originInWords()).isEqualTo("cluster 'prod'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "incompatible-parameters", "storage-full"})
  void aServerThatIsBrokenIsNoObstacle(String status) {
    assertThat(problem(plan(DEV, WRITER, instance("dev-2", status)))).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "deleting", "rebooting", "modifying"})
  void whatIsUnderWayIsWaitedFor(String status) {
    assertThat(problem(plan(DEV, WRITER, instance("dev-2", status))))
        .isEqualTo(
            "Cannot reset cluster 'dev': its instance 'dev-2' is %s; wait until that is over.",
            status);
    assertThat(problem(plan(with(DEV, status), WRITER)))
        .contains("it is " + status + "; it must be available");
  }

  @Test
  void whatWasCreatedHasNothingToGoBackTo() {
    assertThat(problem(plan(PROD))).contains("it was made empty");
  }

  @Test
  void aSourceThatIsGoneIsNoSource() {
    var orphan = new ResetPlan(DEV, List.of(), Optional.empty(), Optional.empty(), List.of());
    assertThat(problem(orphan)).contains("what it was made from is gone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "deleting", "backtracking", "cloning-failed"})
  void aSourceMustBeWhole(String status) {
    var source = Optional.of(with(PROD, status));
    assertThat(problem(new ResetPlan(DEV, List.of(), source, Optional.empty(), List.of())))
        .contains("its source, cluster 'prod', is " + status);
  }

  @Test
  void aSourceOfAnotherMajorVersionHasOtherFiles() {
    var minor = Optional.of(PROD.with(builder -> builder.engineVersion("17.1")));
    assertThat(problem(new ResetPlan(DEV, List.of(), minor, Optional.empty(), List.of())))
        .isEqualTo("none");
    var major = Optional.of(PROD.with(builder -> builder.engineVersion("15.18")));
    assertThat(problem(new ResetPlan(DEV, List.of(), major, Optional.empty(), List.of())))
        .contains(
            "it has version 17.4, and what it was made from, cluster 'prod', has another major version, 15.18");
  }

  @Test
  void aSourceThatIsStoppedIsWhole() {
    var source = Optional.of(with(PROD, Status.STOPPED));
    assertThat(problem(new ResetPlan(DEV, List.of(), source, Optional.empty(), List.of())))
        .isEqualTo("none");
  }

  @Test
  void anEarlierTimeOfTheSourceDoesNotComeBack() {
    var time = Instant.parse("2030-01-31T12:00:00Z");
    assertThat(problem(plan(DEV.restoredTo(time))))
        .contains("it was restored to a time, 2030-01-31T12:00:00Z");
  }

  @Test
  void protectionFromDeletionHolds() {
    assertThat(problem(plan(DEV.with(builder -> builder.deletionProtection(true)))))
        .contains("protected from deletion");
  }

  @Test
  void thoseThatFollowAndAreFollowedStay() {
    var replica = DEV.with(builder -> builder.replicationSourceIdentifier("prod"));
    assertThat(problem(plan(replica, WRITER))).contains("it is a read replica");
    var followed =
        new ResetPlan(
            DEV,
            List.of(WRITER),
            Optional.of(PROD),
            Optional.empty(),
            List.of(instance("copy", Status.AVAILABLE)));
    assertThat(problem(followed)).contains("it has read replicas (copy); delete or promote");
  }
}
