package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `bin/db-artifact-converge` says where no container can run.
class ConvergeWrapperFailureTest extends ConvergeWrapperFixture {

  @Test
  void anEngineThatDoesNotAnswer_isExplained() throws Exception {
    Answer down =
        converge(
            with(
                with(PASSWORD, "STUB_EXIT", "125"),
                "STUB_INFO",
                "Cannot connect to the Docker daemon"));
    assertThat(down.exit()).isEqualTo(1);
    assertThat(down.err()).contains("'docker' does not answer").contains("systemctl start docker");

    Answer denied =
        converge(
            with(
                with(PASSWORD, "STUB_EXIT", "125"), "STUB_INFO", "permission denied while trying"));
    assertThat(denied.err()).contains("usermod -aG docker");
  }

  @Test
  void anImageThatIsNotThere_isExplained() throws Exception {
    Answer answer =
        converge(
            with(with(PASSWORD, "STUB_EXIT", "125"), "STUB_NO_IMAGE", "1"),
            "--docker_image",
            "nowhere/shop:2");

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err())
        .contains("the image 'nowhere/shop:2' is neither here nor could it be pulled")
        .contains("db-artifact-builder");
  }

  @Test
  void anImageThatCannotStart_isExplained() throws Exception {
    Answer answer = converge(with(PASSWORD, "STUB_EXIT", "127"));

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("may not be a database artifact");
  }

  @Test
  void noEngineAtAll_isExplained() throws Exception {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Process wrapper =
        engine
            .command(
                with(PASSWORD, "PATH", empty.toString()), List.of("/bin/bash", WRAPPER.toString()))
            .start();
    var answer = answer(wrapper);

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("neither docker nor podman").contains("apt-get install");
  }

  @Test
  void whatCannotBeRead_isRefusedBeforeAnythingRuns() throws Exception {
    String absent = folder.resolve("absent").toString();

    assertThat(converge(Map.of(), "--db_password_file", absent))
        .isEqualTo(
            new Answer(
                2, "", "Could not read the password file '" + absent + "': it is not there.\n"));
    assertThat(converge(Map.of(), "--db_password_file", folder.toString()).err())
        .contains("is a directory");
    assertThat(converge(PASSWORD, "--aws_credentials", absent).exit()).isEqualTo(2);
    assertThat(converge(with(PASSWORD, "AWS_CA_BUNDLE", absent)).err()).contains("AWS_CA_BUNDLE");
    assertThat(converge(PASSWORD, "--docker_image").err()).contains("--docker_image needs a value");
    for (String image : new String[] {"--help", "-it", "x y"}) {
      assertThat(converge(PASSWORD, "--docker_image", image))
          .isEqualTo(
              new Answer(
                  2,
                  "",
                  "--docker_image '"
                      + image
                      + "' is not the name of an image, such as db-artifact:latest.\n"));
    }
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void anEmptyValue_isNotTakenForNone() throws Exception {
    for (String option :
        new String[] {
          "--aws_profile",
          "--aws_credentials",
          "--docker_image",
          "--db_password",
          "--db_password_file"
        }) {
      assertThat(converge(PASSWORD, option, ""))
          .isEqualTo(new Answer(2, "", option + " is empty.\n"));
      assertThat(converge(PASSWORD, option.replace('_', '-') + "=").exit()).isEqualTo(2);
    }
    assertThat(engine.calls()).isEmpty();
  }
}
