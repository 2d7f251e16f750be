package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.artifact.MetadataJson;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void anArtifact() throws Exception {
    Path folder = Files.createDirectories(root.resolve("artifact"));
    Files.write(folder.resolve("metadata.json"), MetadataJson.write(Example.orders()));
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("db-artifact-converger [0-9].*\n");
  }

  @Test
  void helpGoesToStandardOutput() {
    assertThat(run("-h")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage:", "Exit codes:");
    assertThat(err.size()).isZero();
  }

  @Test
  void describesTheArtifact() throws Exception {
    assertThat(run("describe")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("prod-orders in us-east-1", "aurora-postgresql 17.4", "db.changelog.xml");
    out.reset();

    assertThat(run("describe", "--output", "json")).isZero();
    var document = new ObjectMapper().readTree(out.toByteArray());
    assertThat(document.at("/metadata/source/id").textValue()).isEqualTo("prod-orders");
  }

  @Test
  void aUsageErrorIsTwoAndGoesToStandardError() {
    assertThat(run("--no-such-option")).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--no-such-option", "--help");
  }

  @Test
  void aUsageErrorIsOneDocumentForThoseWhoReadJson() throws Exception {
    assertThat(run("--output", "json", "--bogus")).isEqualTo(2);

    var document = new ObjectMapper().readTree(out.toByteArray());
    assertThat(document.get("outcome").textValue()).isEqualTo("invalid");
    assertThat(document.get("exitCode").intValue()).isEqualTo(2);
    assertThat(document.get("reason").textValue()).contains("--bogus: is not an option");
  }

  @Test
  void anImageWithoutAnArtifactSaysSo() throws Exception {
    Files.delete(root.resolve("artifact/metadata.json"));

    assertThat(run("plan")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("There is no artifact in this image", "db-artifact-builder")
        .doesNotContain("\tat ");
  }

  @Test
  void malformedMetadataAreToldWithTheirPath() throws Exception {
    Files.writeString(root.resolve("artifact/metadata.json"), "{\"formatVersion\": \"9.0\"}");

    assertThat(run("plan")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("$.formatVersion: is 9.0");
  }

  @Test
  void anEndpointWhereNobodyIsFailsWithoutAStackTrace() throws Exception {
    String[] status = {"status", "--endpoint_url", "http://127.0.0.1:1", "--cluster_id", "dev"};
    withKeys(() -> assertThat(run(status)).isEqualTo(1));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "Could not read cluster 'dev'", "the endpoint http://127.0.0.1:1 cannot be reached")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.pem", "empty.pem", "letter.pem", "."})
  void authoritiesThatCannotBeReadAreToldBeforeAnythingIsAsked(String name) throws Exception {
    Files.createFile(root.resolve("empty.pem"));
    Files.writeString(root.resolve("letter.pem"), "Dear all");
    var file = root.resolve(name).toString();
    var environment = Map.of("DB_PASSWORD", "a-password", "DB_ARTIFACT_DB_CA_BUNDLE", file);

    String[] converge = {"--endpoint_url", "http://127.0.0.1:1", "--cluster_id", "dev"};
    withKeys(() -> assertThat(runIn(environment, converge)).isEqualTo(2));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("DB_ARTIFACT_DB_CA_BUNDLE: ", "'" + root.resolve(name) + "'")
        .doesNotContain("\tat ");
  }

  @Test
  void verboseShowsTheStackTraceAndJsonTheReason() throws Exception {
    withKeys(() ->
        assertThat(
                run(
                    "plan",
                    "--verbose",
                    "--output",
                    "json",
                    "--endpoint_url",
                    "http://127.0.0.1:1",
                    "--cluster_id",
                    "dev"))
            .isEqualTo(1));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("\tat ");
    var document = new ObjectMapper().readTree(out.toByteArray());
    assertThat(document.get("outcome").textValue()).isEqualTo("failed");
    assertThat(document.get("exitCode").intValue()).isEqualTo(1);
  }

  @Test
  void whatNobodyThoughtOfIsToldWithAdvice() {
    assertThat(runInABrokenEnvironment(MainTest::noEnvironment, "plan")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Could not go on: no environment.", "--verbose")
        .doesNotContain("\tat ");
    assertThat(runInABrokenEnvironment(MainTest::noEnvironment, "plan", "--verbose")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("\tat ");
  }

  /// As one that recurses too deep, or finds no room.
  @Test
  void anErrorIsToldAsWell() {
    assertThat(runInABrokenEnvironment(MainTest::tooDeep, "plan")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Could not go on: too deep.", "--verbose")
        .doesNotContain("\tat ");
  }

  private static void noEnvironment() {
    throw new IllegalStateException("no environment");
  }

  private static void tooDeep() {
    throw new StackOverflowError("too deep");
  }

  private int runInABrokenEnvironment(Runnable failure, String... arguments) {
    var broken =
        new HashMap<String, String>() {
          private static final long serialVersionUID = 1;

          @Override
          public String get(Object key) {
            failure.run();
            return super.get(key);
          }
        };
    return runIn(broken, arguments);
  }

  private static void withKeys(Runnable work) {
    System.setProperty("aws.accessKeyId", "TEST");
    System.setProperty("aws.secretAccessKey", "TEST");
    try {
      work.run();
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
  }

  private int run(String... arguments) {
    return runIn(Map.of("DB_PASSWORD", "a-password"), arguments);
  }

  private int runIn(Map<String, String> environment, String... arguments) {
    return new Main(
            InputStream.nullInputStream(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            path -> Path.of(root + path.toString()))
        .run(List.of(arguments));
  }
}
