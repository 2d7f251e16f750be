package dev.dbartifact.builder.image;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where bases are kept between builds, by the XDG Base Directory Specification.
public final class CacheFolder {
  private CacheFolder() {}

  /// `$XDG_CACHE_HOME/db-artifact`, else `$HOME/.cache/db-artifact`; for someone without a home, a
  /// folder among the temporary ones.
  public static Path of(Map<String, String> environment) {
    return absolute(environment, "XDG_CACHE_HOME")
        .or(() -> absolute(environment, "HOME").map(home -> home.resolve(".cache")))
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("db-artifact");
  }

  /// The specification has relative paths ignored.
  private static Optional<Path> absolute(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> path.startsWith("/"))
        .map(Path::of);
  }
}
