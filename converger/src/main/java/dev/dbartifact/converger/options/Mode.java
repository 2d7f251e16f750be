package dev.dbartifact.converger.options;

import java.util.Locale;

/// How a cluster comes to its contents.
public enum Mode {
  /// Copy-on-write from the source.
  CLONE,
  /// Empty, then migrated by the changelog.
  CREATE;

  /// @throws IllegalArgumentException for any other word
  public static Mode named(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "clone" -> CLONE;
      case "create" -> CREATE;
      default ->
          throw new IllegalArgumentException("'" + text + "' is not a mode: clone or create");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
