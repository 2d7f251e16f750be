package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.converger.options.OptionsReader;
import dev.dbartifact.converger.options.StandardInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  void variablesOfOptionsAreHandedOver() throws Exception {
    var options =
        Map.of(
            "CREATE_MODE", "create",
            "DB_USERNAME", "alice",
            "DB_ARTIFACT_CLUSTER_ID", "dev",
            "DB_ARTIFACT_RESET_PASSWORD", "yes");
    var variables = new HashMap<>(PASSWORD);
    variables.putAll(options);
    variables.put("DB_ARTIFACT_OWNER", "");
    variables.put("DB_ARTIFACT_QUICKSTART_DIR", "/elsewhere");
    variables.put("DB_ARTIFACT_TERMINAL", "of the user");

    converge(variables);

    for (String name : options.keySet()) {
      assertThat(engine.arguments()).containsSequence("-e", name);
    }
    assertThat(engine.arguments())
        .doesNotContain("DB_ARTIFACT_OWNER", "DB_ARTIFACT_QUICKSTART_DIR", "DB_ARTIFACT_TERMINAL");
    assertThat(engine.environment()).contains("CREATE_MODE=create", "DB_ARTIFACT_CLUSTER_ID=dev");
  }

  /// It refuses variables of our prefix that it does not know.
  @Test
  void whatTheWrapperSetsOrHandsOver_theImageKnows() throws Exception {
    Set<String> names =
        Pattern.compile("DB_ARTIFACT_[A-Z_]*[A-Z]\\b")
            .matcher(Files.readString(WRAPPER))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    assertThat(names).contains("DB_ARTIFACT_WRAPPED", "DB_ARTIFACT_HOSTS_FILE");
    for (String name : names) {
      try {
        OptionsReader.read(List.of(), Map.of(name, "1"), StandardInput.NONE);
      } catch (InvalidInputException notOne) {
        assertThat(notOne).hasMessageNotContaining("is not a variable");
      }
    }
  }

  @Test
  void aDryRunOfTheVariable_getsNoPassword() throws Exception {
    converge(with(PASSWORD, "DB_ARTIFACT_DRY_RUN", "yes"));

    assertThat(engine.arguments()).containsSequence("-e", "DB_ARTIFACT_DRY_RUN");
    assertThat(engine.stdin()).isEmpty();
  }

  /// Relabelling the files would take them from others.
  @Test
  void whereSelinuxIsAtWork_filesCanBeReadAllTheSame() throws Exception {
    Path program =
        Files.writeString(folder.resolve("bin/selinuxenabled"), "#!/bin/sh\nexit $STUB_SELINUX\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

    converge(with(PASSWORD, "STUB_SELINUX", "0"));
    assertThat(engine.arguments()).containsSequence("--security-opt", "label=disable");
    converge(with(PASSWORD, "STUB_SELINUX", "1"));
    assertThat(engine.arguments()).doesNotContain("--security-opt");
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

  /// By `docker stop`, say: the image leaves it to the wrapper to tell.
  @Test
  void aContainerThatSomebodyElseStops_isToldOf_too() throws Exception {
    Answer answer = converge(with(PASSWORD, "STUB_EXIT", "143"), "--cluster_id", "dev");

    assertThat(answer.exit()).isEqualTo(143);
    assertThat(answer.err())
        .contains("run the same command again:\n  db-artifact-converge --cluster_id dev\n");
  }
}
