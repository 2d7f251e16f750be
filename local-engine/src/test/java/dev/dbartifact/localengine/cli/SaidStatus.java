package dev.dbartifact.localengine.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the command line says of a data directory, for the tests of other packages.
public final class SaidStatus {
  private SaidStatus() {}

  /// As JSON, with the warnings; also where the engine works in a test's own process.
  public static String of(Path dataDirectory) throws IOException {
    var directory = new EngineDirectory(dataDirectory);
    if (!directory.exists()) {
      Files.createFile(directory.lock());
    }
    var said = new ByteArrayOutputStream();
    LaunchedEngine.command(directory, said, "status", "--output", "json");
    return said.toString(StandardCharsets.UTF_8);
  }
}
