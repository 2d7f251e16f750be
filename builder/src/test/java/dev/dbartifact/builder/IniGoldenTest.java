package dev.dbartifact.builder;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.Problems;
import dev.dbartifact.builder.spec.SpecDraft;
import dev.dbartifact.builder.spec.SpecReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every `ini/<case>.ini` is read; what comes of it stands beside it: `<case>.spec.json`, or
/// `<case>.problems.txt`. With `-Dgolden.update=true` they are written anew.
class IniGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/ini").toAbsolutePath();

  static Stream<Path> cases() throws Exception {
    try (var files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".ini")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAsItsGoldenFileSays(Path ini) throws Exception {
    var problems = new Problems();
    var spec = SpecReader.read(ini, problems).flatMap(SpecDraft::spec);
    if (problems.isEmpty()) {
      compare(ini, ".spec.json", SpecText.of(spec.orElseThrow(), CASES));
    } else {
      var lines = problems.list().stream().map(Object::toString).collect(joining("\n"));
      compare(ini, ".problems.txt", lines.replace(CASES.toString(), "FOLDER") + "\n");
    }
  }

  private static void compare(Path ini, String ending, String actual) throws Exception {
    var golden = Path.of(ini.toString().replaceFirst("\\.ini$", ending));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
    }
    assertThat(golden).exists();
    assertThat(actual).isEqualTo(Files.readString(golden));
  }
}
