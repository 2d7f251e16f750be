package dev.dbartifact.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.testing.Prerequisites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpAndVersionNeedNothingElse() {
    assertThat(run("--help")).isZero();
    assertThat(run("-h")).isZero();
    assertThat(run("--version")).isZero();
    assertThat(out()).contains("Usage: db-artifact-builder").contains("db-artifact-builder ");
    assertThat(err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.ini b.ini",
        "a.ini --colour",
        "a.ini --to registry",
        "a.ini --to tar",
        "a.ini --to docker --output x.tar",
        "a.ini --tag",
        "a.ini --region X_Y",
        "a.ini --endpoint_url nowhere"
      })
  void wrongUsageIsToldInALine(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
    assertThat(err()).contains("--help").doesNotContain("\tat ");
    assertThat(out()).isEmpty();
  }

  @Test
  void anOutputNeedsNoWordThatItIsAFile() throws Exception {
    assertThat(BuilderOptions.parse(List.of("a.ini", "--output", "x.tar")).target())
        .isEqualTo(new ImageTarget.TarFile("db-artifact", Path.of("x.tar")))
        .isEqualTo(
            BuilderOptions.parse(List.of("a.ini", "--to", "tar", "--output", "x.tar")).target());
  }

  @Test
  void aFileThatIsNotThereIsAConfigurationError() {
    assertThat(run(folder.resolve("gone.ini").toString())).isEqualTo(2);
    assertThat(err()).contains("gone.ini: does not exist").doesNotContain("\tat ");
  }

  @Test
  void aFolderIsAConfigurationError() {
    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(err()).contains("is a folder").doesNotContain("\tat ");
  }

  @Test
  void verboseShowsWhereItCameFrom() throws Exception {
    var empty = Files.createFile(folder.resolve("empty.ini"));
    assertThat(run(empty.toString(), "--verbose")).isEqualTo(2);
    assertThat(err()).contains("holds no section").contains("\tat dev.dbartifact");
  }

  @Test
  void anEndpointThatRefusesIsAFailureWithAdvice() throws Exception {
    var ini = folder.resolve("a.ini");
    Files.writeString(ini, "[source_db]\nsource_db_cluster_id = prod-orders\n");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    try {
      // Port 1 of loopback is reserved (tcpmux) and nothing listens there.
      assertThat(
              run(
                  ini.toString(),
                  "--region",
                  "eu-central-1",
                  "--endpoint-url",
                  "http://127.0.0.1:1",
                  "--output",
                  folder.resolve("a.tar").toString()))
          .isEqualTo(1);
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
    }
    assertThat(err()).contains("prod-orders").contains("endpoint").doesNotContain("\tat ");
  }

  @Test
  void theSummaryOfAnImageInAFileIsStandardOutput() throws Exception {
    assertThat(build(folder.resolve("image.tar"))).isZero();
    assertThat(out()).contains("image id ");
    assertThat(err()).doesNotContain("image id ");
  }

  /// Such as `/dev/stdout`.
  @Test
  void whereTheImageItselfMayBeStandardOutputTheSummaryIsNot() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var image = CompletableFuture.supplyAsync(() -> bytes(pipe));

    assertThat(build(pipe)).isZero();
    assertThat(image.get(30, TimeUnit.SECONDS)).isNotEmpty();
    assertThat(out()).isEmpty();
    assertThat(err()).contains("image id ");
  }

  /// Behind `/dev/stdout` there is a file when a shell redirects it.
  @Test
  void aFileThatIsOpenAlreadyIsWrittenToAndKeptApartFromTheSummary() throws Exception {
    var image = folder.resolve("image.tar");
    var open = Path.of("/proc/self/fd");
    Prerequisites.require(Files.isDirectory(open), "This machine has no /proc/self/fd.");
    try (var _ = Files.newOutputStream(image)) {
      assertThat(build(linkTo(image, open))).isZero();
    }
    assertThat(image).isNotEmptyFile();
    assertThat(out()).isEmpty();
    assertThat(err()).contains("image id ");
  }

  private static Path linkTo(Path file, Path links) throws IOException {
    try (var all = Files.list(links)) {
      return all.filter(link -> isLinkTo(file, link)).findFirst().orElseThrow();
    }
  }

  private static boolean isLinkTo(Path file, Path link) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private int build(Path output) throws Exception {
    var ini = folder.resolve("a.ini");
    Files.writeString(ini, "[source_db]\nsource_db_cluster_id = training\n");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty(Main.BASE_PROPERTY, TinyBase.in(folder.resolve("base")).toString());
    try (var endpoint = new TrainingEndpoint()) {
      return run(
          ini.toString(),
          "--region",
          "us-east-1",
          "--endpoint-url",
          endpoint.url(),
          "--output",
          output.toString());
    } finally {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      System.clearProperty(Main.BASE_PROPERTY);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void whatNobodyExpectedIsToldInOneLine() {
    Map<String, String> broken =
        new java.util.AbstractMap<>() {
          @Override
          public java.util.Set<Entry<String, String>> entrySet() {
            throw new IllegalStateException("no variables today");
          }
        };

    assertThat(run(broken, "a.ini")).isEqualTo(1);
    assertThat(err()).contains("a.ini").contains("no variables today").contains("--verbose");
    assertThat(err()).hasLineCount(1);
    assertThat(run(broken, "a.ini", "--verbose")).isEqualTo(1);
    assertThat(err()).contains("\tat dev.dbartifact");
  }

  @Test
  void anErrorOfTheJvmIsToldInOneLineToo() {
    Map<String, String> broken =
        new java.util.AbstractMap<>() {
          @Override
          public java.util.Set<Entry<String, String>> entrySet() {
            throw new NoClassDefFoundError("org/example/Gone");
          }
        };

    assertThat(run(broken, "a.ini")).isEqualTo(1);
    assertThat(err()).contains("a.ini: org/example/Gone").hasLineCount(1);
  }

  private int run(String... arguments) {
    return run(Map.of("XDG_CACHE_HOME", folder.toString()), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment)
        .run(List.of(arguments));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
