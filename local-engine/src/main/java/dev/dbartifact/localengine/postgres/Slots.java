package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// The replication slots among the files of a server that does not run.
record Slots(Path data) {

  /// Removes all of them.
  void clear() throws IOException {
    remove("*", Set.of());
  }

  /// Removes those of standbys that are not there.
  ///
  /// @param standbys the names of those that are
  void clearExcept(Set<String> standbys) throws IOException {
    remove(
        Standby.SLOT_PREFIX + "*",
        standbys.stream().map(Standby::slot).collect(Collectors.toSet()));
  }

  private void remove(String pattern, Set<String> kept) throws IOException {
    try (var all = Files.newDirectoryStream(data.resolve("pg_replslot"), pattern)) {
      for (var slot : all) {
        if (!kept.contains(slot.getFileName().toString())) {
          removeDirectory(slot);
        }
      }
    }
  }

  private static void removeDirectory(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
