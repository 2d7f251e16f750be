package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A test that leaves itself out is as good as none; where continuous integration runs it, it says
/// so by failing. One class holds that rule for all.
class SkippedTestsTest {
  private static final Pattern OWN_RULE =
      Pattern.compile(
          "org\\.junit\\.jupiter\\.api\\.Assumptions|org\\.assertj\\.core\\.api\\.Assumptions"
              + "|getenv\\(\"CI\"\\)|\\.api\\.Disabled|condition\\.(Dis|En)abled");
  private static final Path THE_RULE =
      Path.of("artifact-template/src/test/java/dev/dbartifact/testing/Prerequisites.java");

  @Test
  void noTestHasARuleOfItsOwnForLeavingItselfOut() throws IOException {
    assertThat(sources())
        .hasSizeGreaterThan(100)
        .filteredOn(SkippedTestsTest::hasARule)
        .containsExactly(THE_RULE);
  }

  @Test
  void continuousIntegrationLeavesNothingOut() throws IOException {
    assertThat(Files.readString(Repository.ROOT.resolve(".ci/run")))
        .contains("export CI=true\n", "scripts/test --all");
  }

  private static List<Path> sources() throws IOException {
    try (var modules = Files.list(Repository.ROOT)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .flatMap(SkippedTestsTest::filesIn)
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("SkippedTestsTest.java"))
          .map(Repository.ROOT::relativize)
          .sorted()
          .toList();
    }
  }

  private static Stream<Path> filesIn(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean hasARule(Path source) {
    try {
      return OWN_RULE.matcher(Files.readString(Repository.ROOT.resolve(source))).find();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
