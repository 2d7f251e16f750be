package dev.dbartifact.localengine.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One PostgreSQL on this machine.
///
/// @param version full version, such as `17.11`
/// @param bin directory of `postgres` and `initdb`
public record Installation(String version, Path bin) {
  /// The first number of the version.
  public int major() {
    return major(version);
  }

  /// The extensions that belong to PostgreSQL, need to be loaded at the server's start, and are
  /// here.
  public List<String> preloadable() {
    return Stream.of("auto_explain", "pg_prewarm", "pg_stat_statements")
        .filter(library -> libraries().anyMatch(folder -> has(folder, library)))
        .toList();
  }

  private Stream<Path> libraries() {
    var lib = bin.resolveSibling("lib");
    return Stream.of(lib.resolve("postgresql"), lib);
  }

  private static boolean has(Path folder, String library) {
    return Files.exists(folder.resolve(library + ".so"));
  }

  Path program(String name) {
    return bin.resolve(name);
  }

  static int major(String version) {
    return Integer.parseInt(version.split("\\.")[0]);
  }
}
