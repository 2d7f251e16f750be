package dev.dbartifact.examples;

import java.nio.file.Path;

/// Where the examples lie.
final class Examples {
  private Examples() {}

  /// As the script `examples/shop` says, which can be called from anywhere; else below the folder
  /// that one is in.
  static Path folder(String name) {
    return Path.of(System.getProperty("dbartifact.examples", "examples")).resolve(name);
  }
}
