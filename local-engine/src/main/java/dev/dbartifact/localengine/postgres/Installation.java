package dev.dbartifact.localengine.postgres;

import java.nio.file.Path;

/// One PostgreSQL on this machine.
///
/// @param version full version, such as `17.11`
/// @param bin directory of `postgres` and `initdb`
public record Installation(String version, Path bin) {
  /// The first number of the version.
  public int major() {
    return major(version);
  }

  Path program(String name) {
    return bin.resolve(name);
  }

  static int major(String version) {
    return Integer.parseInt(version.split("\\.")[0]);
  }
}
