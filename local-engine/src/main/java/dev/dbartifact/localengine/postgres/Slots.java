package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;

/// The replication slots among the files of a server that does not run.
record Slots(Path data) {
  private static final int NAME_LENGTH = 64;
  private static final long DATABASE_OFFSET = 4 * Integer.BYTES + NAME_LENGTH;

  /// Removes all of them.
  void clear() throws IOException {
    remove("*", _ -> true);
  }

  /// Removes those of standbys that are not there. What users have made to be decoded is theirs,
  /// whatever its name.
  ///
  /// @param standbys the names of those that are
  void clearExcept(Set<String> standbys) throws IOException {
    var kept = standbys.stream().map(Standby::slot).collect(Collectors.toSet());
    remove(
        Standby.SLOT_PREFIX + "*",
        slot -> !kept.contains(slot.getFileName().toString()) && !isLogical(slot));
  }

  private interface Choice {
    boolean takes(Path slot) throws IOException;
  }

  private void remove(String pattern, Choice choice) throws IOException {
    try (var all = Files.newDirectoryStream(data.resolve("pg_replslot"), pattern)) {
      for (var slot : all) {
        if (choice.takes(slot)) {
          removeDirectory(slot);
        }
      }
    }
  }

  /// Whether it belongs to one database, as all do that are decoded. See `ReplicationSlotOnDisk`
  /// and `ReplicationSlotPersistentData` of PostgreSQL: four numbers, the name, the OID of the
  /// database.
  private static boolean isLogical(Path slot) throws IOException {
    try (var state = FileChannel.open(slot.resolve("state"), StandardOpenOption.READ)) {
      var database = ByteBuffer.allocate(Integer.BYTES);
      state.read(database, DATABASE_OFFSET);
      return !database.flip().equals(ByteBuffer.allocate(database.limit()));
    } catch (NoSuchFileException e) {
      // One that was cut off while it was made.
      return false;
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
