package dev.dbartifact.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The examples in `docs/artifact-format.md` are read as a converger reads them.
class DocumentedFormatTest {
  private static final Path PAGE = Path.of("../docs/artifact-format.md");
  private static final Pattern JSON_BLOCK =
      Pattern.compile("```json\\n(.*?\\n)```", Pattern.DOTALL);

  @Test
  void everyExampleOfThePageIsValidAndWrittenInTheOrderThatItShows() throws Exception {
    List<String> examples = examples();
    assertThat(examples).hasSize(2);
    for (String example : examples) {
      ArtifactMetadata metadata =
          MetadataJson.read(example.getBytes(StandardCharsets.UTF_8), PAGE.toString());
      assertThat(new String(MetadataJson.write(metadata), StandardCharsets.UTF_8))
          .isEqualTo(example);
    }
  }

  @Test
  void thePageNamesEveryFieldOfTheFullExample() throws IOException {
    String page = Files.readString(PAGE);
    String prose = page.substring(page.indexOf("## The document"));
    Pattern.compile("\"([A-Za-z]+)\" :")
        .matcher(examples().getFirst())
        .results()
        .map(found -> found.group(1))
        .filter(field -> !field.equals("env"))
        .forEach(field -> assertThat(prose).contains(field));
  }

  private static List<String> examples() throws IOException {
    return JSON_BLOCK
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
