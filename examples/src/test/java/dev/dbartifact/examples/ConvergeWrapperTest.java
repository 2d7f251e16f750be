package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `bin/db-artifact-converge` asks of the container engine, and what it makes of its answer.
class ConvergeWrapperTest {
  private static final Path WRAPPER =
      Path.of("").toAbsolutePath().resolveSibling("bin").resolve("db-artifact-converge");
  private static final Map<String, String> PASSWORD = Map.of("DB_PASSWORD", "s3cret-Word");

  @TempDir Path folder;
  private ContainerEngineStub engine;

  @BeforeEach
  void engine() throws IOException {
    engine = ContainerEngineStub.in(folder);
  }

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

  @Test
  void everySourceOfThePassword() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "from-A-file");

    for (String option : List.of("--db_password_file", "--db-password-file")) {
      converge(Map.of(), option, file.toString());
      assertThat(engine.stdin()).isEqualTo("from-A-file\n");
    }
    converge(Map.of(), "--db_password_file=" + file);
    assertThat(engine.stdin()).isEqualTo("from-A-file\n");
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

  @Test
  void theCredentialsFilesAreMountedReadOnly() throws Exception {
    Path aws = Files.createDirectories(engine.home().resolve(".aws"));
    Files.writeString(aws.resolve("credentials"), "[default]\n");
    Files.writeString(aws.resolve("config"), "[default]\n");

    converge(PASSWORD);

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(aws.resolve("credentials"), "/root/.aws/credentials"))
        .containsSequence("-e", "AWS_SHARED_CREDENTIALS_FILE=/root/.aws/credentials")
        .containsSequence("--mount", mount(aws.resolve("config"), "/root/.aws/config"))
        .containsSequence("-e", "AWS_CONFIG_FILE=/root/.aws/config");
  }

  @Test
  void otherCredentials_andTheConfigBesideThem() throws Exception {
    Path mine = Files.createDirectories(folder.resolve("my keys"));
    Files.writeString(mine.resolve("credentials"), "[dev]\n");
    Files.writeString(mine.resolve("config"), "[profile dev]\n");

    converge(
        PASSWORD, "--aws_credentials", mine.resolve("credentials").toString(), "--aws_profile=dev");

    assertThat(engine.arguments())
        .containsSequence("--mount", mount(mine.resolve("credentials"), "/root/.aws/credentials"))
        .containsSequence("--mount", mount(mine.resolve("config"), "/root/.aws/config"))
        .containsSequence("-e", "AWS_PROFILE")
        .containsSequence("--aws_profile", "dev");
    assertThat(engine.environment()).contains("AWS_PROFILE=dev");
  }

  @Test
  void pathsWithSpecialCharactersAreMounted() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a:b, \"c\""));
    Path file = Files.writeString(odd.resolve("credentials"), "[default]\n");

    converge(PASSWORD, "--aws_credentials", file.toString());

    assertThat(engine.arguments())
        .containsSequence(
            "--mount",
            "type=bind,\"src="
                + file.toString().replace("\"", "\"\"")
                + "\",dst=/root/.aws/credentials,readonly");
  }

  @Test
  void aProfileThatWasAskedFor_isNotOverruledByKeysInTheEnvironment() throws Exception {
    var keys =
        Map.of(
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "hidden-key",
            "AWS_SESSION_TOKEN", "hidden-token",
            "AWS_REGION", "eu-west-1");

    converge(keys, "--aws_profile", "dev");

    assertThat(engine.arguments())
        .contains("AWS_PROFILE", "AWS_REGION")
        .containsSequence("--aws_profile", "dev")
        .doesNotContain("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
  }

  @Test
  void awsVariablesAreHandedOverByName() throws Exception {
    Path bundle = Files.writeString(folder.resolve("ca.pem"), "certificates");

    converge(
        Map.of(
            "DB_PASSWORD", "s3cret-Word",
            "AWS_DEFAULT_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "hidden-key",
            "AWS_SESSION_TOKEN", "",
            "AWS_CA_BUNDLE", bundle.toString()));

    assertThat(engine.arguments())
        .containsSequence("-e", "AWS_ACCESS_KEY_ID")
        .containsSequence("-e", "AWS_SECRET_ACCESS_KEY")
        .containsSequence("-e", "AWS_REGION")
        .containsSequence("--mount", mount(bundle, "/run/aws/AWS_CA_BUNDLE"))
        .containsSequence("-e", "AWS_CA_BUNDLE=/run/aws/AWS_CA_BUNDLE")
        .doesNotContain("AWS_SESSION_TOKEN", "hidden-key");
    assertThat(engine.environment()).contains("AWS_REGION=eu-west-1");
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
  void anEndpointOnLoopback_getsTheNetworkOfThisMachine() throws Exception {
    for (String endpoint :
        List.of(
            "http://127.0.0.1:9433",
            "http://localhost/x",
            "https://[::1]:1",
            "http://rds.localhost:80")) {
      converge(Map.of("AWS_ENDPOINT_URL", endpoint));
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
      converge(Map.of(), "--endpoint-url", endpoint);
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
      converge(Map.of(), "--endpoint_url=" + endpoint);
      assertThat(engine.arguments()).as(endpoint).containsSequence("--network", "host");
    }
    for (String endpoint :
        List.of("https://rds.eu-west-1.amazonaws.com", "http://localhost.example.com")) {
      converge(Map.of("AWS_ENDPOINT_URL_RDS", endpoint));
      assertThat(engine.arguments()).as(endpoint).doesNotContain("--network");
    }
  }

  @Test
  void anEndpointOfTheProfileOnLoopback_getsTheNetworkOfThisMachine() throws Exception {
    Path aws = Files.createDirectories(engine.home().resolve(".aws"));
    Files.writeString(
        aws.resolve("config"),
        """
        [default]
        region = eu-west-1
        [profile own]
        endpoint_url = http://127.0.0.1:9432
        [profile  by-service ]
        services = local
        [profile remote]
        services = far
        [services local]
        rds =
          endpoint_url = http://localhost:9432
        [services far]
        rds =
          endpoint_url = https://rds.example.com
        """);

    for (String profile : List.of("own", "by-service")) {
      converge(with(PASSWORD, "AWS_PROFILE", profile));
      assertThat(engine.arguments()).as(profile).containsSequence("--network", "host");
      converge(PASSWORD, "--aws_profile", profile);
      assertThat(engine.arguments()).as(profile).containsSequence("--network", "host");
    }
    for (String profile : List.of("default", "remote", "absent")) {
      converge(with(PASSWORD, "AWS_PROFILE", profile));
      assertThat(engine.arguments()).as(profile).doesNotContain("--network");
    }
    converge(
        with(
            with(PASSWORD, "AWS_PROFILE", "own"),
            "AWS_ENDPOINT_URL",
            "https://rds.eu-west-1.amazonaws.com"));
    assertThat(engine.arguments()).doesNotContain("--network");
  }

  @Test
  void theExitCodeIsTheContainers() throws Exception {
    for (int code : new int[] {1, 2, 3, 4}) {
      assertThat(converge(with(PASSWORD, "STUB_EXIT", "" + code)).exit()).isEqualTo(code);
    }
    assertThat(engine.calls()).hasSize(4).containsOnly("run");
  }

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
    assertThat(engine.calls()).isEmpty();
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

  private static String mount(Path source, String destination) {
    return "type=bind,src=" + source + ",dst=" + destination + ",readonly";
  }

  private record Answer(int exit, String out, String err) {}

  private Answer converge(Map<String, String> variables, String... arguments) throws Exception {
    return start(variables, "", arguments);
  }

  private Answer start(Map<String, String> variables, String input, String... arguments)
      throws Exception {
    var command = new ArrayList<>(List.of(WRAPPER.toString()));
    command.addAll(List.of(arguments));
    Process wrapper = engine.command(variables, command).start();
    try (var to = wrapper.getOutputStream()) {
      to.write(input.getBytes());
    } catch (IOException notRead) {
      assertThat(notRead).hasMessageContaining("pipe");
    }
    return answer(wrapper);
  }

  private static Answer answer(Process wrapper) throws IOException, InterruptedException {
    String out = new String(wrapper.getInputStream().readAllBytes());
    String err = new String(wrapper.getErrorStream().readAllBytes());
    return new Answer(wrapper.waitFor(), out, err);
  }

  private static Map<String, String> with(
      Map<String, String> variables, String name, String value) {
    var more = new java.util.HashMap<>(variables);
    more.put(name, value);
    return more;
  }
}
