package dev.dbartifact.localengine;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Records of an engine that are there and cannot be written, as on a full disk: something is in
/// the way where their next version would be written first.
record BlockedRecords(List<Path> obstacles) {

  /// Of what is under way for a while.
  private static final List<String> FOLDERS = List.of("clusters", "instances", "cluster-snapshots");

  /// All that are there now.
  static BlockedRecords in(Path memory) throws IOException {
    var obstacles = new ArrayList<Path>();
    for (var folder : FOLDERS) {
      if (Files.isDirectory(memory.resolve(folder))) {
        try (var files = Files.list(memory.resolve(folder))) {
          files
              .filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
              .map(file -> file.resolveSibling("." + file.getFileName() + ".new/in the way"))
              .forEach(obstacles::add);
        }
      }
    }
    for (var obstacle : obstacles) {
      Waiting.until("nobody to write " + obstacle, () -> isPut(obstacle));
    }
    return new BlockedRecords(obstacles);
  }

  private static boolean isPut(Path obstacle) throws IOException {
    try {
      Files.createDirectories(obstacle);
      return true;
    } catch (FileSystemException e) {
      // The record is being written at this moment.
      return false;
    }
  }

  /// From now on there is room.
  void free() throws IOException {
    for (var obstacle : obstacles) {
      Files.delete(obstacle);
      Files.deleteIfExists(obstacle.getParent());
    }
  }
}
