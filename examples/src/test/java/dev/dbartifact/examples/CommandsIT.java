package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a developer types, and reads, before, during and after.
@ExtendWith(WorkshopExtension.class)
class CommandsIT {
  private static final String ID = "dev-commands";

  @Test
  void plan_dryRun_converge_status_describe(Workshop workshop) throws Exception {
    Program artifact =
        workshop.wrapper(workshop.image(Repository.CLONE)).arguments("--cluster_id", ID);
    ShopCopy copy = workshop.copy(ID);
    try {
      changesNothing(workshop, artifact);
      copy.isNotThere();
      converges(artifact.with("DB_PASSWORD", Workshop.PASSWORD));
      hasNothingLeftToDo(artifact);
    } finally {
      copy.remove();
    }
  }

  private static void changesNothing(Workshop workshop, Program artifact) throws Exception {
    workshop.tap().forget();
    artifact.arguments("plan").run().exits(0).says("Plan for " + ID, "Clone cluster shop-prod");
    artifact.arguments("plan", "--detailed-exitcode").run().exits(3);
    artifact.arguments("--dry-run").run().exits(0).says("Plan for " + ID);
    artifact.arguments("status").run().exits(0).says(ID + " does not exist");
    artifact
        .arguments("describe")
        .run()
        .exits(0)
        .says("shop-prod in us-west-2", "aurora-postgresql", "db.r6g.large");
    assertThat(workshop.tap().mutations()).isEmpty();
  }

  private static void converges(Program artifact) throws Exception {
    artifact.run().exits(0).says("Converged: " + ID, "jdbc:postgresql://", "psql", "elapsed");
    var document = artifact.arguments("--output", "json").run().isUnchanged().json();
    assertThat(document.path("cluster").asText()).isEqualTo(ID);
    assertThat(document.path("user").asText()).isEqualTo("shop");
    assertThat(document.path("port").asInt()).isPositive();
    assertThat(document.path("jdbcUrl").asText())
        .startsWith("jdbc:postgresql://" + document.path("endpoint").asText());
    assertThat(document.path("elapsedMillis").asLong()).isPositive();
    assertThat(document.path("exitCode").asInt()).isZero();
  }

  private static void hasNothingLeftToDo(Program artifact) throws Exception {
    artifact.arguments("plan", "--detailed_exitcode").run().exits(0).says("Nothing to do");
    var status = artifact.arguments("status", "--output", "json").run().exits(0).json();
    assertThat(status.path("converged").asBoolean()).isTrue();
    assertThat(status.path("instances")).hasSize(1);
    artifact.arguments("status").run().exits(0).says("available", "converged: yes");
  }
}
