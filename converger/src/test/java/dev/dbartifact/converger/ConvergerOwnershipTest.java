package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.converger.plan.Planner;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.OutcomeText;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.CreateInstance;
import dev.dbartifact.rds.FakeClusters;
import dev.dbartifact.rds.InstanceName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a run may touch, and the names it may give.
class ConvergerOwnershipTest extends ConvergerFixture {

  @Test
  void theSourceIsNoTarget() throws Exception {
    for (String mode : List.of("clone", "create")) {
      assertThatThrownBy(() -> converge("--cluster_id", "prod-orders", "--mode", mode))
          .isInstanceOfSatisfying(
              NoPlanException.class,
              refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
          .hasMessageContainingAll("'prod-orders'", "never touched", "--cluster_id");
    }
    assertThat(surroundings.world.changes()).isEmpty();
    assertThat(OutcomeText.of(prepare("--cluster_id", "prod-orders").status()))
        .contains("never touched");
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
  void refusesAClusterOfAnotherOwnerThanTheOneThatIsNamed() throws Exception {
    converge("--cluster_id", "dev-orders", "--owner", "Alice");
    var made = surroundings.world.changes().size();

    assertThatThrownBy(() -> converge("--cluster_id", "dev-orders", "--owner", "bob"))
        .isInstanceOfSatisfying(
            NoPlanException.class,
            refused -> assertThat(refused.reason()).isEqualTo(NoPlanException.Reason.REFUSED))
        .hasMessageContainingAll("'dev-orders'", "was made for 'Alice', not for 'bob'");
    converge("--cluster_id", "dev-orders", "--owner", "alice");
    converge("--cluster_id", "dev-orders");
    assertThat(surroundings.world.changes()).hasSize(made);
  }

  @Test
  void noClusterIsNamedAfterASessionThatIsAnotherNextTime() throws Exception {
    surroundings.caller = "arn:aws:sts::123456789012:assumed-role/Dev/aws-sdk-java-1718000000000";

    for (Converger each : List.of(prepare(), prepare("--dry_run"))) {
      assertThatThrownBy(each::converge)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(
              surroundings.caller, "--owner", "--cluster_id", "role_session_name");
    }
    assertThatThrownBy(() -> prepare().status()).isInstanceOf(InvalidInputException.class);
    assertThat(surroundings.world.changes()).isEmpty();

    assertThat(converge("--owner", "alice")).isInstanceOf(Outcome.Converged.class);
    assertThat(surroundings.world.cluster(CLONE.value())).isPresent();
    assertThat(converge("--cluster_id", "dev-orders")).isInstanceOf(Outcome.Converged.class);
  }

  @Test
  void aCloneHasTheMasterUserOfItsSource() {
    assertThatThrownBy(() -> prepare("--db_username", "zed"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--db_username: is zed", "master user of its source", "--mode");
    String theirs = orders.source().settings().masterUsername().orElseThrow().toString();
    assertThatCode(() -> prepare("--db_username", theirs)).doesNotThrowAnyException();
    assertThatCode(() -> prepare("--db_username", "zed", "--mode", "create"))
        .doesNotThrowAnyException();
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
}
