package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.converger.migration.JdbcTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.rds.RdsClient;

/// The local engine is killed; started again, it has every cluster and nothing else.
@ExtendWith(WorkshopExtension.class)
class EngineCrashIT {
  private static final List<String> CLONE = List.of("--cluster_id", "dev-survivor");

  /// Once in the middle of a converge, once at rest; the engine's own tests kill it before and
  /// after each of its side effects.
  @Test
  void killedTwice_itComesBackWithEveryCluster_andTheNextRunCompletes(Workshop workshop)
      throws Exception {
    String image = workshop.image(Repository.CLONE);
    try (var engine = EngineRun.start();
        var tap = WireTap.before(engine.endpoint());
        RdsClient rds = engine.client()) {
      JdbcTarget source = Workshop.makeSource(engine);
      Program converge =
          workshop
              .converger(image, CLONE)
              .with(engine.variables())
              .with("AWS_ENDPOINT_URL", tap.endpoint().toString());
      tap.whenDone("CreateDBInstance", engine::kill);
      converge.arguments("--timeout", "5s").run().exits(1).isReadable();
      assertThat(tap.hooksAreSpent()).isTrue();

      engine.startAgain();
      converge.run().isConverged();
      converge.run().isUnchanged();
      ShopCopy copy = new ShopCopy("dev-survivor", rds, source);
      copy.holdsTheRowsOfItsSource_andIsApartFromIt();
      assertThat(engine.servers()).hasSize(2);

      engine.kill();
      engine.startAgain();
      Await.until(
          "both clusters",
          () ->
              rds.describeDBInstances().dbInstances().stream()
                  .allMatch(each -> each.dbInstanceStatus().equals("available")));
      assertThat(rds.describeDBClusters().dbClusters()).hasSize(2);
      copy.holdsTheRowsOfItsSource_andIsApartFromIt();
      converge.run().isUnchanged();
      copy.remove();
      assertThat(engine.servers()).hasSize(1);
    }
  }

  @Test
  void aPortThatIsTaken(Workshop workshop) throws Exception {
    var other = EngineRun.makeFolder();
    String port = String.valueOf(workshop.engine().endpoint().getPort());
    try {
      Program.launcher("db-artifact-local")
          .arguments("start", "--data-dir", other.resolve("data").toString(), "--port", port)
          .run()
          .exits(1)
          .isReadable()
          .says("Could not listen on 127.0.0.1:" + port, "--port");
    } finally {
      Program.launcher("db-artifact-local")
          .arguments("reset", "--yes", "--data-dir", other.resolve("data").toString())
          .run()
          .exits(0);
      Folders.remove(other);
    }
  }

  @Test
  void aSecondEngineInTheSameFolder(Workshop workshop) throws Exception {
    workshop
        .engine()
        .launcher("start")
        .arguments("--port", "0")
        .run()
        .exits(1)
        .isReadable()
        .says("already running at " + workshop.engine().endpoint());
  }
}
