package dev.dbartifact.converger.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every folder `plans/<subject>/<case>` is a case; `-Dgolden.update=true` rewrites the plans.
class PlannerGoldenTest {
  private static final Path PLANS = Path.of("src/test/resources/plans");

  @TestFactory
  Stream<DynamicTest> plans() throws IOException {
    return cases().stream()
        .map(folder ->
            DynamicTest.dynamicTest(PLANS.relativize(folder).toString(), () -> check(folder)));
  }

  private static void check(Path folder) throws Exception {
    Path golden = folder.resolve("plan.txt");
    String plan = new PlanCase(folder).plan();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, plan);
    }
    assertThat(plan).isEqualTo(Files.readString(golden));
  }

  @Test
  void everySubjectHasACaseWhereNothingIsToBeDone() throws IOException {
    try (var subjects = Files.list(PLANS)) {
      assertThat(subjects.filter(Files::isDirectory))
          .isNotEmpty()
          .allSatisfy(subject ->
              assertThat(subject.resolve("no-op/plan.txt")).hasContent("nothing to do\n"));
    }
  }

  private static List<Path> cases() throws IOException {
    try (var files = Files.walk(PLANS)) {
      return files
          .filter(file -> file.getFileName().toString().equals("desired.json"))
          .map(Path::getParent)
          .sorted()
          .toList();
    }
  }
}
