package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Requests as they stand on the wire, and the answers to them, found by folder:
/// `http/<Action>/<case>.request` and `<case>.response.xml`. Each meets an engine that holds the
/// cluster `prod` with the instance `prod-1`. What is random is masked. Requests before the last
/// one, each ended by an empty line, prepare what it meets; `# MariaDB 10.11.19` as the first
/// installs that. `-Dgolden.update=true` rewrites the answers.
class GoldenHttpTest {

  private static final Path CASES = Path.of("src/test/resources/http");
  private static final boolean UPDATE = Boolean.getBoolean("golden.update");

  @TempDir Path memory;

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    try (var files = Files.walk(CASES)) {
      return files
          .filter(file -> file.toString().endsWith(".request"))
          .sorted()
          .map(
              file -> DynamicTest.dynamicTest(CASES.relativize(file).toString(), () -> check(file)))
          .toList()
          .stream();
    }
  }

  private void check(Path request) throws Exception {
    var name = request.getFileName().toString().replace(".request", ".response.xml");
    var expected = request.resolveSibling(name);
    var answer = answer(Files.readString(request));
    if (UPDATE) {
      Files.writeString(expected, answer);
    }
    assertThat(answer).isEqualTo(Files.readString(expected));
  }

  private String answer(String request) throws Exception {
    var steps = PreparedRds.steps(request);
    try (var rds = PreparedRds.open(memory, steps)) {
      rds.doAllButTheLast(steps);
      var answer = rds.post(steps.getLast());
      return "<!-- HTTP %d -->\n%s\n"
          .formatted(answer.status(), PreparedRds.mask(answer.body()).replace("><", ">\n<"));
    }
  }
}
