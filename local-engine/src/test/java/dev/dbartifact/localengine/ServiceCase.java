package dev.dbartifact.localengine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// A golden case of a service around RDS: several requests to a fresh engine, as they stand in
/// `services/<service>/<case>.requests`. [GoldenServicesTest] describes the form of the file.
///
/// @param service such as `route53`
record ServiceCase(String service, List<Step> steps) {

  static final Path CASES = Path.of("src/test/resources/services");

  /// @param pause by how much the clock is turned before the request
  /// @param request may have places that earlier answers fill; see [PreparedService#filled]
  record Step(Duration pause, String request) {

    private static Step of(String text) {
      var lines = text.split("\n", 2);
      var wait = lines[0].strip();
      return new Step(
          wait.endsWith("s") ? Duration.parse("PT" + wait) : Duration.ZERO, lines[1].strip());
    }
  }

  static ServiceCase of(Path requests) {
    try {
      return new ServiceCase(
          requests.getParent().getFileName().toString(),
          Arrays.stream(Files.readString(requests).split("(?m)^###")).map(Step::of).toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The files of all cases, or of those of one service, sorted.
  ///
  /// @param folder [#CASES] or one below
  /// @param ending `.requests` or `.answers`
  static List<Path> files(Path folder, String ending) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /// The file with the answers to the requests of a case.
  static Path answers(Path requests) {
    return requests.resolveSibling(
        requests.getFileName().toString().replace(".requests", ".answers"));
  }
}
