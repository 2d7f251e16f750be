package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file beside the data directory of a server that says what the engine has laid into all its
/// databases. It travels with every copy.
///
/// @param name of the file
/// @param revision of what is laid
record LaidMark(String name, String revision) {

  boolean isOn(ServerFiles files) throws IOException {
    try {
      return Files.readString(file(files)).equals(revision);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  void put(ServerFiles files) throws IOException {
    Files.writeString(file(files), revision);
  }

  private Path file(ServerFiles files) {
    return files.data().resolveSibling(name);
  }
}
