package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where `bin/db-artifact-converge` takes the password from, and who gets to see it.
class ConvergeWrapperPasswordTest extends ConvergeWrapperFixture {

  @Test
  void thePasswordIsInNoArgumentAndNoEnvironment() throws Exception {
    converge(PASSWORD);

    assertThat(engine.environment()).noneMatch(each -> each.contains("s3cret-Word"));
    assertThat(engine.arguments()).noneMatch(each -> each.contains("s3cret-Word"));
    assertThat(engine.wrapper()).noneMatch(each -> each.contains("s3cret-Word"));
  }

  @Test
  void variablesOfTheWrappersOwnNamesDoNotCarryIt() throws Exception {
    var exported = new java.util.HashMap<String, String>();
    for (String name : List.of("password", "run", "image", "arguments", "again", "value")) {
      exported.put(name, "of-the-user");
    }

    converge(exported, "--db_password", "s3cret-Word", "--docker_image", "shop");

    assertThat(engine.stdin()).isEqualTo("s3cret-Word\n");
    assertThat(engine.arguments())
        .containsExactly(
            "run",
            "--rm",
            "-e",
            "DB_ARTIFACT_WRAPPED=1",
            "-e",
            "DB_ARTIFACT_PASSWORD_FROM=--db_password",
            "-i",
            "shop",
            "--db_password_file",
            "-");
    assertThat(engine.environment()).noneMatch(each -> each.contains("s3cret-Word"));
  }

  @Test
  void aMisspeltOptionForThePassword_isRefused_andNotRepeated() throws Exception {
    for (String option :
        List.of("-db_password", "-db-password", "-db_password=s3cret-Word", "--db_password_text")) {
      Answer answer = converge(Map.of(), option, "s3cret-Word");
      assertThat(answer.exit()).isEqualTo(2);
      assertThat(answer.err()).contains("--db_password_file").doesNotContain("s3cret-Word");
    }
    assertThat(engine.calls()).isEmpty();
  }

  /// It would be in the environment of the container, for `docker inspect` to show.
  @Test
  void aMisspeltVariableForThePassword_isRefused_andNotRepeated() throws Exception {
    Answer answer = converge(Map.of("DB_ARTIFACT_DB_PASSWORD", "s3cret-Word"));

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err())
        .contains("DB_ARTIFACT_DB_PASSWORD", "DB_PASSWORD")
        .doesNotContain("s3cret-Word");
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void everySourceOfThePassword() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "from-A-file");

    for (String option : List.of("--db_password_file", "--db-password-file")) {
      converge(Map.of(), option, file.toString());
      assertThat(engine.stdin()).isEqualTo("from-A-file\n");
    }
    converge(Map.of(), "--db_password_file=" + file);
    assertThat(engine.stdin()).isEqualTo("from-A-file\n");
    converge(with(PASSWORD, "DB_ARTIFACT_DB_PASSWORD_FILE", file.toString()));
    assertThat(engine.stdin()).isEqualTo("from-A-file\n");
    assertThat(engine.arguments())
        .contains("DB_ARTIFACT_PASSWORD_FROM=DB_ARTIFACT_DB_PASSWORD_FILE")
        .doesNotContain("DB_ARTIFACT_DB_PASSWORD_FILE");
    start(Map.of(), "from-stdin \\ too\n", "--db_password_file", "-");
    assertThat(engine.stdin()).isEqualTo("from-stdin \\ too\n");

    Answer warned = converge(PASSWORD, "--db_password", "on-The-line");
    assertThat(engine.stdin()).isEqualTo("on-The-line\n");
    assertThat(warned.err()).hasLineCount(1).startsWith("Warning: --db_password shows");
    assertThat(engine.arguments()).noneMatch(each -> each.contains("on-The-line"));
  }

  @Test
  void aTerminalIsAsked_withoutEcho() throws Exception {
    var asked =
        engine
            .command(
                Map.of("SHELL", "/bin/sh"),
                List.of("script", "-qec", "stty cols 97; " + WRAPPER, "/dev/null"))
            .start();
    asked.getOutputStream().write("typed-Word1\n".getBytes());
    asked.getOutputStream().flush();
    String seen = new String(asked.getInputStream().readAllBytes());

    assertThat(asked.waitFor()).isZero();
    assertThat(seen).contains("Master password of the database: ");
    assertThat(engine.stdin()).isEqualTo("typed-Word1\n");
    assertThat(engine.arguments()).contains("DB_ARTIFACT_TERMINAL=1", "DB_ARTIFACT_COLUMNS=97");
  }

  @Test
  void withoutAnyPassword_theConvergerDecides_andHasStandardInput() throws Exception {
    start(Map.of(), "piped-Word1\n");

    assertThat(engine.arguments())
        .containsExactly("run", "--rm", "-e", "DB_ARTIFACT_WRAPPED=1", "-i", "db-artifact:latest");
    assertThat(engine.stdin()).isEqualTo("piped-Word1\n");
  }

  @Test
  void aClosedStandardInput_isAnEmptyOne() throws Exception {
    Process wrapper =
        engine.command(Map.of(), List.of("/bin/bash", "-c", "exec " + WRAPPER + " <&-")).start();

    assertThat(answer(wrapper)).isEqualTo(new Answer(0, "", ""));
    assertThat(engine.stdin()).isEmpty();
  }

  /// A job whose standard input is a pipe that is never closed: whoever reads none of it does not
  /// wait for it either.
  @Test
  void aPasswordThatIsThere_leavesStandardInputAlone() throws Exception {
    Process wrapper = engine.command(PASSWORD, List.of(WRAPPER.toString())).start();

    assertThat(wrapper.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(engine.stdin()).isEqualTo("s3cret-Word\n");
    wrapper.getOutputStream().close();
  }
}
