package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What `bin/db-artifact-converge` starts, and how it ends with it.
class ConvergeWrapperTest extends ConvergeWrapperFixture {

  @Test
  void theDefaultImage_withThePasswordOnStandardInput_andOneCallOfTheEngine() throws Exception {
    Answer answer = converge(PASSWORD);

    assertThat(answer).isEqualTo(new Answer(0, "", ""));
    assertThat(engine.arguments())
        .containsExactly(
            "run",
            "--rm",
            "-e",
            "DB_ARTIFACT_WRAPPED=1",
            "-e",
            "DB_ARTIFACT_PASSWORD_FROM=DB_PASSWORD",
            "-i",
            "db-artifact:latest",
            "--db_password_file",
            "-");
    assertThat(engine.stdin()).isEqualTo("s3cret-Word\n");
    assertThat(engine.calls()).containsExactly("run");
  }

  @Test
  void whatMakesNoDatabase_getsNoPassword() throws Exception {
    for (String command : List.of("plan", "status", "describe", "--version")) {
      converge(PASSWORD, command, "--output", "json");
      assertThat(engine.arguments())
          .containsExactly(
              "run",
              "--rm",
              "-e",
              "DB_ARTIFACT_WRAPPED=1",
              "db-artifact:latest",
              command,
              "--output",
              "json");
      assertThat(engine.stdin()).isEmpty();
    }
    for (List<String> line :
        List.of(
            List.of("--detailed_exitcode", "plan"),
            List.of("--output=json", "status"),
            List.of("--reset-password", "plan"),
            List.of("--allow_changelog_code", "--owner", "converge", "plan"),
            List.of("--dry-run"))) {
      converge(PASSWORD, line.toArray(String[]::new));
      assertThat(engine.arguments()).as("" + line).doesNotContain("-i");
      assertThat(engine.stdin()).as("" + line).isEmpty();
    }
    converge(PASSWORD, "--reset_password", "--output", "plan", "converge");
    assertThat(engine.stdin()).isEqualTo("s3cret-Word\n");
    converge(PASSWORD, "--cluster_id", "plan");
    assertThat(engine.stdin()).isEqualTo("s3cret-Word\n");
  }

  @Test
  void everythingElseIsPassedOnAsItIs() throws Exception {
    converge(
        PASSWORD, "--docker-image", "shop:1", "--mode", "create", "--tag", "a=b c", "--x=", "");

    assertThat(engine.arguments())
        .containsExactly(
            "run",
            "--rm",
            "-e",
            "DB_ARTIFACT_WRAPPED=1",
            "-e",
            "DB_ARTIFACT_PASSWORD_FROM=DB_PASSWORD",
            "-i",
            "shop:1",
            "--mode",
            "create",
            "--tag",
            "a=b c",
            "--x=",
            "",
            "--db_password_file",
            "-");
  }

  /// Which `db-artifact-local env` names.
  @Test
  void theAuthoritiesOfDatabasesAreHandedOverAsAFile() throws Exception {
    Path bundle = Files.writeString(folder.resolve("authority.pem"), "certificates");

    converge(with(PASSWORD, "DB_ARTIFACT_DB_CA_BUNDLE", bundle.toString()));

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(bundle, "/run/aws/DB_ARTIFACT_DB_CA_BUNDLE"))
        .containsSequence("-e", "DB_ARTIFACT_DB_CA_BUNDLE=/run/aws/DB_ARTIFACT_DB_CA_BUNDLE");
  }

  /// A file that is replaced while the container runs is only seen through its folder.
  @Test
  void theNamesOfEndpointsAreHandedOverAsAFolder() throws Exception {
    Path names = Files.createDirectory(folder.resolve("names"));
    Path hosts = Files.writeString(names.resolve("hosts"), "127.77.0.1 shop");

    converge(with(PASSWORD, "DB_ARTIFACT_HOSTS_FILE", hosts.toString()));

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(names, "/run/names"))
        .containsSequence("-e", "DB_ARTIFACT_HOSTS_FILE=/run/names/hosts");
  }

  @Test
  void theExitCodeIsTheContainers() throws Exception {
    for (int code : new int[] {1, 2, 3, 4}) {
      assertThat(converge(with(PASSWORD, "STUB_EXIT", "" + code)).exit()).isEqualTo(code);
    }
    assertThat(engine.calls()).hasSize(4).containsOnly("run");
  }

  @Test
  void help_isTheWrappersAndTheImages() throws Exception {
    Answer answer = converge(Map.of(), "--mode", "create", "-h");

    assertThat(answer.exit()).isZero();
    assertThat(answer.out())
        .startsWith("Usage: db-artifact-converge")
        .contains("--aws_credentials")
        .endsWith("the options of the image\n");
    assertThat(converge(Map.of("STUB_EXIT", "125"), "--help").out())
        .contains("could not be started, so its own options are not shown");
  }

  @Test
  void stopping_stopsTheContainer_andTellsHowToContinue() throws Exception {
    Process wrapper =
        engine
            .command(
                with(PASSWORD, "STUB_TENTHS", "300"),
                List.of(
                    WRAPPER.toString(),
                    "--db_password",
                    "s3cret-Word",
                    "--docker_image",
                    "shop",
                    "--owner",
                    "a b"))
            .start();
    engine.awaitRunning(wrapper);
    wrapper.toHandle().destroy();

    String said = new String(wrapper.getErrorStream().readAllBytes());
    assertThat(wrapper.waitFor()).isEqualTo(143);
    assertThat(engine.wasStopped()).isTrue();
    assertThat(said)
        .contains(
            "run the same command again:\n  db-artifact-converge --docker_image shop --owner a\\ b\n")
        .doesNotContain("s3cret-Word");
  }

  /// By `docker stop`, say: the image leaves it to the wrapper to tell.
  @Test
  void aContainerThatSomebodyElseStops_isToldOf_too() throws Exception {
    Answer answer = converge(with(PASSWORD, "STUB_EXIT", "143"), "--cluster_id", "dev");

    assertThat(answer.exit()).isEqualTo(143);
    assertThat(answer.err())
        .contains("run the same command again:\n  db-artifact-converge --cluster_id dev\n");
  }
}
