package dev.dbartifact.builder.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// Folders that are ours.
public final class Folders {
  private Folders() {}

  /// Removes a folder with all that it holds, if it is there.
  public static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var content = Files.walk(folder)) {
        for (var path : content.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }
}
