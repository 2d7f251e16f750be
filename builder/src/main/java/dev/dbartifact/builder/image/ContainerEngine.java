package dev.dbartifact.builder.image;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The command of a container engine: Docker, else Podman.
///
/// @param command its executable
record ContainerEngine(Path command) {
  private static final List<String> NAMES = List.of("docker", "podman");

  /// @param environment where `PATH` is looked up
  /// @throws ImageException if there is neither
  static ContainerEngine find(Map<String, String> environment) throws ImageException {
    var folders = environment.getOrDefault("PATH", "").split(File.pathSeparator);
    return NAMES.stream()
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst()
        .map(ContainerEngine::new)
        .orElseThrow(() ->
            new ImageException(
                "Could not find a container engine: neither docker nor podman is on the PATH."
                    + " Install one, or write the image to a file with --to tar --output"
                    + " FILE."));
  }

  /// Whether the engine takes an image without the layers that it has already. Docker does; Podman
  /// wants all of them.
  boolean acceptsMissingLayers() {
    return command.getFileName().toString().equals("docker");
  }
}
