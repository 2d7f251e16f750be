package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What a developer gets to read when something is wrong.
@ExtendWith(WorkshopExtension.class)
class ConvergerIT {
  private static final String ID = "dev-never";

  @TempDir Path folder;

  @Test
  void thePassword_missingOrIllegal(Workshop workshop) throws Exception {
    Program converge = clone(workshop);

    converge.run().exits(2).isReadable().says("password");
    for (String illegal :
        List.of("sh0rt", "with/slash-1", "with@at-sign-1", "with space-1", "x".repeat(42))) {
      Answer answer =
          converge.with("DB_PASSWORD", illegal).run().exits(2).isReadable().says("password");
      assertThat(answer.said()).doesNotContain(illegal);
    }
    workshop.copy(ID).isNotThere();
  }

  @Test
  void wrongOptions_allAtOnce(Workshop workshop) throws Exception {
    withPassword(workshop)
        .arguments("--mode", "copy", "--timeout", "soon", "--output", "xml")
        .run()
        .exits(2)
        .isReadable()
        .says("--mode", "'copy'", "--timeout", "'soon'", "--output", "'xml'");
    withPassword(workshop)
        .arguments("--cluster_di", "x")
        .run()
        .exits(2)
        .isReadable()
        .says("--cluster_di: is not an option");
    withPassword(workshop).arguments("convrege").run().exits(2).isReadable().says("converge");
    workshop
        .wrapper(workshop.image(Repository.CLONE))
        .with("DB_PASSWORD", Workshop.PASSWORD)
        .arguments("--cluster_id", "1-shop")
        .run()
        .exits(2)
        .isReadable()
        .says("--cluster_id", "'1-shop'");
  }

  @Test
  void credentials_noneOrWrong(Workshop workshop) throws Exception {
    withPassword(workshop)
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .run()
        .exits(2)
        .isReadable()
        .says("credentials");
    withPassword(workshop)
        .with("AWS_SECRET_ACCESS_KEY", "not-the-secret")
        .run()
        .exits(2)
        .isReadable()
        .says(ID, "SignatureDoesNotMatch");
  }

  @Test
  void anEndpointThatNobodyListensAt(Workshop workshop) throws Exception {
    Program converge = withPassword(workshop).with("AWS_ENDPOINT_URL", "http://127.0.0.1:1");

    converge
        .run()
        .exits(1)
        .isReadable()
        .says(
            ID,
            "the endpoint http://127.0.0.1:1 cannot be reached: Connection refused",
            "AWS_ENDPOINT_URL");
    converge.arguments("--verbose").run().exits(1).hasStackTrace();
  }

  @Test
  void aSourceThatIsGoneSinceTheBuild(Workshop workshop) throws Exception {
    ShopCopy old = workshop.copy("shop-old");
    workshop
        .converger(workshop.image(Repository.CLONE), List.of("--cluster_id", old.id()))
        .run()
        .isConverged();
    Path ini =
        Files.writeString(
            folder.resolve("artifact-config.ini"),
            "[source_db]\nsource_db_cluster_id = shop-old\n");
    String image = workshop.image(ini);
    old.remove();

    workshop
        .wrapper(image)
        .with("DB_PASSWORD", Workshop.PASSWORD)
        .arguments("--cluster_id", ID)
        .run()
        .exits(1)
        .isReadable()
        .says("Could not clone cluster 'shop-old'", "DBClusterNotFoundFault");
    workshop.copy(ID).isNotThere();
  }

  @Test
  void anImageThatIsNeitherHereNorPullable(Workshop workshop) throws Exception {
    workshop
        .wrapper("127.0.0.1:1/nobody/nothing:1")
        .with("DB_PASSWORD", Workshop.PASSWORD)
        .run()
        .exits(1)
        .isReadable()
        .says("'127.0.0.1:1/nobody/nothing:1' is neither here nor could it be pulled");
  }

  @Test
  void noContainerEngine_orOneThatIsNotRunning(Workshop workshop) throws Exception {
    withPassword(workshop)
        .with("PATH", Tools.withoutContainerEngines(folder).toString())
        .run()
        .exits(1)
        .isReadable()
        .says("neither docker nor podman is on the PATH");
    withPassword(workshop)
        .with("DOCKER_HOST", "unix://" + folder.resolve("dead.sock"))
        .run()
        .exits(1)
        .isReadable()
        .says("'docker' does not answer");
  }

  @Test
  void help_isThere_withoutAnything(Workshop workshop) throws Exception {
    String image = workshop.image(Repository.CLONE);
    Workshop.docker(
            "run", "--rm", "--network", "none", "--read-only", "--cap-drop", "ALL", image, "--help")
        .run()
        .exits(0)
        .says("Usage: [converge|plan|status|describe]", "--detailed_exitcode");
    workshop
        .wrapper(image)
        .arguments("-h")
        .run()
        .exits(0)
        .says("--aws_credentials", "--detailed_exitcode");
  }

  private static Program clone(Workshop workshop) throws Exception {
    return workshop.wrapper(workshop.image(Repository.CLONE)).arguments("--cluster_id", ID);
  }

  private static Program withPassword(Workshop workshop) throws Exception {
    return clone(workshop).with("DB_PASSWORD", Workshop.PASSWORD);
  }
}
