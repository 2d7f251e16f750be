package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.testing.Prerequisites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The AWS command line and boto3, unchanged, with nothing set but what `env` prints: each script
/// in `outside/` is a test, and fails with its first command that does. They meet an engine that
/// holds what `prepare.sh` makes; those whose names begin with `paced-` another one, whose states
/// last as on AWS, 300 times faster.
@Tag("long")
class OutsideClientsIT {

  private static final Path SCRIPTS = Path.of("src/test/resources/outside");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// Says where a script stopped: many commands fail without a word.
  private static final String BASH =
      """
      bash -Eeuo pipefail -c 'trap "echo \\"line \\$LINENO: \\$BASH_COMMAND\\" >&2" ERR; . "$0"' \
      """;

  /// A report that is longer is cut in its middle by who shows it.
  private static final int LINES_SHOWN = 40;

  @TempDir static Path temporary;
  private static final List<Stage> STAGES = new ArrayList<>();
  private static Stage usual;

  /// An engine, and what a shell is told of it.
  private record Stage(EngineDirectory directory, LaunchedEngine engine, String environment) {

    static Stage start(String name, String... words) throws IOException {
      var directory = new EngineDirectory(temporary.resolve(name));
      var engine = LaunchedEngine.start(directory, temporary.resolve(name + ".log"), words);
      var stage = new Stage(directory, engine, main(directory, "env"));
      STAGES.add(stage);
      return stage;
    }

    void remove() throws InterruptedException {
      main(directory, "reset", "--yes");
      assertThat(engine.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @BeforeAll
  static void start() throws Exception {
    require("aws --version", "the AWS command line");
    require("python3 -c 'import boto3'", "boto3");
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    usual = Stage.start("data");
    check(SCRIPTS.resolve("prepare.sh"), usual);
  }

  @AfterAll
  static void remove() throws Exception {
    for (var stage : STAGES) {
      stage.remove();
    }
  }

  private static void require(String command, String what) throws Exception {
    var there = run(command, Path.of(".")).code() == 0;
    Prerequisites.require(
        there, what + " is not installed; clients that are not ours cannot be tried");
  }

  private static String main(EngineDirectory directory, String command, String... more) {
    var out = new ByteArrayOutputStream();
    var code = LaunchedEngine.command(directory, out, command, more);
    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    try (var files = Files.list(SCRIPTS)) {
      return files
          .filter(file -> !file.endsWith("prepare.sh"))
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private static void check(Path script) throws Exception {
    if (script.getFileName().toString().startsWith("paced-")) {
      check(script, Stage.start(script.getFileName().toString(), "--pace", "aurora:300"));
    } else {
      check(script, usual);
    }
  }

  private static void check(Path script, Stage stage) throws Exception {
    if (script.getFileName().toString().matches("(aurora-mysql|plain-mariadb).*")) {
      require("PATH=$PATH:/usr/sbin command -v mariadbd", "mariadb-server-core");
      require("mariadb --version", "mariadb-client-core");
    }
    var folder = Files.createTempDirectory(temporary, "script");
    var program = script.toString().endsWith(".py") ? "python3 " : BASH;
    var ended = run(stage.environment() + "\n" + program + script.toAbsolutePath(), folder);
    assertThat(ended.code()).as(script.getFileName() + "\n" + ended.end()).isZero();
  }

  private record Ended(int code, String output) {
    String end() {
      var lines = output.lines().toList();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
  }

  /// Without what the user keeps for AWS.
  private static Ended run(String shell, Path folder) throws Exception {
    var builder =
        new ProcessBuilder("bash", "-c", shell)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    builder.environment().put("AWS_PAGER", "");
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
