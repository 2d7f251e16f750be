package dev.dbartifact.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MetadataJsonTest {
  private static final Path GOLDENS = Path.of("src/test/resources/metadata/v1");

  @TestFactory
  Stream<DynamicTest> everyGoldenOfThisFormatIsReadAndWrittenBackUnchanged() throws IOException {
    try (var files = Files.list(GOLDENS)) {
      List<Path> goldens =
          files.filter(each -> each.toString().endsWith(".json")).sorted().toList();
      assertThat(goldens).isNotEmpty();
      return goldens.stream()
          .map(file ->
              DynamicTest.dynamicTest(file.getFileName().toString(), () -> roundTrip(file)));
    }
  }

  private static void roundTrip(Path file) throws Exception {
    String written =
        new String(MetadataJson.write(read(Files.readString(file))), StandardCharsets.UTF_8);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, written);
    }
    assertThat(written).isEqualTo(Files.readString(file));
  }

  @Test
  void everyProblemIsReportedWithItsPath() throws IOException {
    String broken =
        fullExample()
            .replace("\"aurora-postgresql\"", "\"oracle\"")
            .replace("\"subnet-0a1b2c3d4e5f60718\"", "7")
            .replace("\"instanceCount\" : 1", "\"instanceCount\" : \"one\"");

    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("$.source.settings.engine: 'oracle' is not an engine of an artifact")
        .hasMessageContaining("$.target.engine: 'oracle'")
        .hasMessageContaining("$.target.network.subnetIds[0]: must be a text, found 7")
        .hasMessageContaining(
            "$.target.hardware.instanceCount: must be a whole number, found \"one\"");
  }

  @Test
  void aNewerMajorFormatIsRefusedByName() throws IOException {
    assertThatThrownBy(() ->
            read(
                fullExample()
                    .replace("\"formatVersion\" : \"1.0\"", "\"formatVersion\" : \"2.0\"")))
        .hasMessageContaining("$.formatVersion: is 2.0, but this converger reads format 1.x");
  }

  @Test
  void fieldsOfANewerMinorFormatAreIgnored() throws Exception {
    String newer =
        fullExample()
            .replace(
                "\"formatVersion\" : \"1.0\"",
                "\"formatVersion\" : \"1.7\", \"weather\" : \"fine\"");

    assertThat(read(newer).formatVersion()).isEqualTo(new FormatVersion(1, 7));
  }

  @Test
  void anUnknownFieldOfThisFormatIsAProblem() throws IOException {
    assertThatThrownBy(() ->
            read(fullExample().replace("\"hardware\" : {", "\"hardware\" : { \"wheels\" : 4,")))
        .hasMessageContaining("$.target.hardware.wheels: is not a field of this format");
  }

  @Test
  void whatIsNotJsonIsSaidToBeSo() {
    assertThatThrownBy(() -> read("{ \"formatVersion\": ")).hasMessageContaining("is not JSON");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("$: must be an object, found []");
  }

  @Test
  void anArtifactWhoseTargetIsItsSourceIsRefused() throws IOException {
    assertThatThrownBy(() ->
            read(
                fullExample()
                    .replace("\"targetId\" : \"dev-orders\"", "\"targetId\" : \"prod-orders\"")))
        .hasMessageContaining("is the source itself, which an artifact never touches");
  }

  private static String fullExample() throws IOException {
    return Files.readString(GOLDENS.resolve("full.json"));
  }

  private static ArtifactMetadata read(String json) throws InvalidInputException {
    return MetadataJson.read(json.getBytes(StandardCharsets.UTF_8), "a test");
  }
}
