package dev.dbartifact.localengine.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.dbartifact.localengine.postgres.WalSegment;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// What a restore to a time begins with: a clone of a volume that no server ever works on.
///
/// @param volume its own
/// @param storage the volume that it was made from
/// @param moment by when it was whole; it serves for every time from then on
/// @param first the segment of the log that was written when it was begun
record Base(String volume, String storage, Instant moment, WalSegment first) {
  /// Bases cannot be taken for storages: no [StorageId] holds a dot.
  private static final String PREFIX = "base.";

  /// In the volume: moment and segment.
  private static final String FILE = "moment";

  Base {
    Objects.requireNonNull(moment, "moment");
    Objects.requireNonNull(first, "first");
  }

  /// A name for the next one.
  static String name(String storage, Instant now) {
    return PREFIX + storage + "." + now.toEpochMilli();
  }

  static boolean isOne(String volume) {
    return volume.startsWith(PREFIX);
  }

  /// Writes down what a volume is the base for.
  void write(VolumeStore store) throws IOException {
    Files.writeString(store.path(volume).resolve(FILE), moment + " " + first.name() + "\n");
  }

  /// What a volume says of itself; nothing if it does not, or cannot be understood.
  static Optional<Base> read(VolumeStore store, String volume) throws IOException {
    var file = store.path(volume).resolve(FILE);
    var words = (Files.exists(file) ? Files.readString(file, ISO_8859_1) : "").strip().split(" ");
    try {
      var storage = volume.substring(PREFIX.length(), volume.lastIndexOf('.'));
      return Optional.of(
          new Base(volume, storage, Instant.parse(words[0]), new WalSegment(words[1])));
    } catch (RuntimeException e) {
      // Cut off by a power failure, before it was on the disk.
      return Optional.empty();
    }
  }

  /// Removes from a clone of a base what it does not need.
  static void strip(VolumeStore store, String clone) throws IOException {
    Files.deleteIfExists(store.path(clone).resolve(FILE));
  }
}
