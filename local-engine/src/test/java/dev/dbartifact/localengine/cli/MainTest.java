package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... words) {
    return new Main(
            new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("XDG_DATA_HOME", data.toString())))
        .run(words);
  }

  @Test
  void withoutACommandItSaysHowItIsUsed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: db-artifact-local COMMAND");
  }

  @Test
  void helpIsNoError() {
    assertThat(run("--help")).isZero();
    assertThat(run("start", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: db-artifact-local COMMAND", "--data-dir DIR", data.toString());
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(run("start", "--colour")).isEqualTo(2);
    assertThat(run("start", "--port", "many")).isEqualTo(2);
    assertThat(run("start", "--region", "moon")).isEqualTo(2);
    assertThat(run("status", "--output", "yaml")).isEqualTo(2);
    assertThat(run("stop", "now")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("'frobnicate'", "--colour", "'many'", "'moon'", "text or json", "now");
  }

  @Test
  void whatDoesNotRunCanBeStoppedAndAskedFor() {
    assertThat(run("stop")).isZero();
    assertThat(run("status")).isEqualTo(1);
    assertThat(run("env")).isEqualTo(1);
    assertThat(run("reset", "--yes")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("not running", "There is nothing in");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void statusIsADocumentForMachines() {
    assertThat(run("status", "--output", "json")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"running\" : false");
  }

  @Test
  void actionsAreListed() {
    assertThat(run("actions", "--all")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .contains(
            "rds  CreateDBCluster", "rds  DescribeEvents  (not offered)", "sts  GetCallerIdentity");
  }

  @Test
  void aFolderWithOtherFilesIsNeitherTakenNorEmptied() throws Exception {
    Path letters = Files.createDirectory(data.resolve("letters"));
    Path letter = Files.writeString(letters.resolve("letter.txt"), "Dear all");

    assertThat(run("start", "--data-dir", letters.toString())).isEqualTo(1);
    assertThat(run("reset", "--yes", "--data-dir", letters.toString())).isZero();

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is not empty and holds no engine");
    assertThat(letter).exists();
  }
}
