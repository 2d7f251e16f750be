package dev.dbartifact.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writePage() throws IOException {
    file =
        Files.writeString(
            folder.resolve("page.md"),
            """
            before
            <!-- bench:clone -->
            old
            <!-- end -->
            between
            <!-- bench:start --><!-- end -->
            """);
  }

  @Test
  void replacesWhatStandsInThePlaceAndNothingElse() throws IOException {
    new Page(file).write(Section.CLONE, "new\n");

    assertThat(file)
        .hasContent(
            """
            before
            <!-- bench:clone -->
            new
            <!-- end -->
            between
            <!-- bench:start --><!-- end -->
            """);
  }

  @Test
  void writingTheSameAgainChangesNothing() throws IOException {
    new Page(file).write(Section.START, "table");
    var once = Files.readString(file);
    new Page(file).write(Section.START, "table");

    assertThat(file).hasContent(once);
  }

  @Test
  void refusesAPageWithoutAPlace() {
    assertThatIOException()
        .isThrownBy(() -> new Page(file).write(Section.BUILDER, "table"))
        .withMessageContaining("<!-- bench:builder -->");
  }

  @Test
  void thePageOfTheProjectHasAPlaceForEverySection() throws IOException {
    var copy = Files.copy(Path.of("..", "docs", "benchmarks.md"), folder.resolve("benchmarks.md"));
    for (var section : Section.values()) {
      new Page(copy).write(section, "table of " + section.word());
    }

    assertThat(copy).content().contains("table of clone", "table of converge", "table of builder");
  }
}
