package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Ahead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The PostgreSQL versions that clusters can have: the one that comes with the engine, and those of
/// the system.
///
/// @param all newest first, each version once
public record Installations(List<Installation> all) {
  private static final Pattern WANTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){0,2}");

  public Installations {
    all =
        all.stream()
            .sorted(Comparator.comparing(Installation::version, Installations::compare).reversed())
            .toList();
  }

  /// Looks at the system's installations and unpacks the bundled one. What the engine needs of them
  /// is made below `directory` if that was not done before, and removed if it is not needed any
  /// more.
  public static Installations find(Path directory) throws IOException {
    var system =
        ofSystem().stream()
            .map(each -> new Inspection(each, Ahead.of(() -> each.version(directory))))
            .toList();
    var found = new ArrayList<>(BundledPostgres.unpack(directory).stream().toList());
    for (var each : system) {
      var version = each.version().get();
      if (found.stream().noneMatch(other -> other.version().equals(version))) {
        found.add(new Installation(version, each.system().adapt(version, directory)));
      }
    }
    new FormerTrees(directory).remove(found);
    return new Installations(found);
  }

  private record Inspection(SystemPostgres system, Ahead<String> version) {}

  /// The installation for a wanted version: this very version, or the newest of the same major
  /// version.
  public Optional<Installation> choose(String wanted) {
    if (!WANTED.matcher(wanted).matches()) {
      return Optional.empty();
    }
    return all.stream()
        .filter(installation -> installation.version().equals(wanted))
        .findFirst()
        .or(() -> newestOfMajor(Installation.major(wanted)));
  }

  /// The versions, newest first.
  public List<String> versions() {
    return all.stream().map(Installation::version).toList();
  }

  private Optional<Installation> newestOfMajor(int major) {
    return all.stream().filter(installation -> installation.major() == major).findFirst();
  }

  private static List<SystemPostgres> ofSystem() throws IOException {
    var folder = SystemPostgres.ROOT.resolve("lib/postgresql");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var majors = Files.list(folder)) {
      return majors
          .sorted()
          .map(major -> new SystemPostgres(SystemPostgres.ROOT, major.getFileName().toString()))
          .filter(system ->
              Files.isExecutable(system.bin().resolve("postgres"))
                  && Files.isExecutable(system.bin().resolve("initdb")))
          .toList();
    }
  }

  private static int compare(String left, String right) {
    return Arrays.compare(numbers(left), numbers(right));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
