package dev.dbartifact.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A PATH with what the launchers use, and nothing else.
final class Tools {
  private static final List<String> USED =
      List.of(
          "bash", "sh", "env", "cat", "cksum", "dirname", "id", "readlink", "rm", "sed", "stat");

  private Tools() {}

  static Path withoutContainerEngines(Path folder) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : USED) {
      Path here = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin") : Path.of("/bin");
      Files.createSymbolicLink(bin.resolve(tool), here.resolve(tool));
    }
    return bin;
  }
}
