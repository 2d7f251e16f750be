package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One PostgreSQL on this machine.
///
/// @param version full version, such as `17.11`
/// @param bin directory of `postgres` and `initdb`
public record Installation(String version, Path bin) {
  /// The setting that says what is loaded at a server's start.
  public static final String PRELOADED = "shared_preload_libraries";

  private static final String STATEMENTS = "pg_stat_statements";

  /// The first number of the version.
  public int major() {
    return major(version);
  }

  /// The extensions that belong to PostgreSQL, need to be loaded at the server's start, and are
  /// here.
  public List<String> preloadable() {
    return Stream.of("auto_explain", "pg_prewarm", STATEMENTS)
        .filter(library -> libraries().anyMatch(folder -> has(folder, library)))
        .toList();
  }

  /// What is loaded unless somebody chooses otherwise, as on RDS, and how: an idle server feels
  /// every statement that there is room for.
  public Map<String, String> preloaded() {
    return preloadable().contains(STATEMENTS)
        ? Map.of(PRELOADED, STATEMENTS, STATEMENTS + ".max", "1000")
        : Map.of();
  }

  /// The names of the extensions that users can create, and that by which drivers tell Aurora, as
  /// RDS lists them.
  String extensions() throws IOException {
    var names = new TreeSet<>(Set.of("aurora_stat_utils"));
    for (var folder : extensionFolders()) {
      names.addAll(new OfferedExtensions(folder).trusted());
    }
    return String.join(",", names);
  }

  /// The names of all extensions that are here.
  Set<String> allExtensions() throws IOException {
    var names = new TreeSet<String>();
    for (var folder : extensionFolders()) {
      names.addAll(new OfferedExtensions(folder).all());
    }
    return names;
  }

  private List<Path> extensionFolders() {
    var home = bin.getParent();
    return Stream.of(
            home.resolve("share/postgresql/extension"),
            home.resolve("../../../share/postgresql/%d/extension".formatted(major())))
        .filter(Files::isDirectory)
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
