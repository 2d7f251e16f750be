package dev.dbartifact.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
      Path real = Path.of(Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin" : "/bin", tool);
      Path here = Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
      Files.setPosixFilePermissions(here, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return bin;
  }
}
