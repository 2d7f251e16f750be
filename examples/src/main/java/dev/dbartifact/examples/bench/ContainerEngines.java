package dev.dbartifact.examples.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The command that the product itself would choose.
final class ContainerEngines {
  private ContainerEngines() {}

  /// @throws IllegalArgumentException if there is neither docker nor podman
  static String first() {
    var folders = Arrays.asList(System.getenv("PATH").split(":"));
    return List.of("docker", "podman").stream()
        .filter(
            name -> folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Neither docker nor podman is here"));
  }
}
