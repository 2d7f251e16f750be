package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Seals as they were read last. A seal is written once, and appears by a rename, so that one whose
/// file is the same says the same; each is asked for every few seconds.
final class KnownSeals {

  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// @param file which one it is, on which file system; a volume that takes the place of another
  ///   has another one
  private record Known(Object file, FileTime written, long bytes, Optional<Seal> seal) {

    static Known of(BasicFileAttributes file, Optional<Seal> seal) {
      return new Known(file.fileKey(), file.lastModifiedTime(), file.size(), seal);
    }

    boolean isOf(BasicFileAttributes now) {
      return Objects.equals(file, now.fileKey())
          && written.equals(now.lastModifiedTime())
          && bytes == now.size();
    }
  }

  /// See [Seals#read].
  Optional<Seal> read(Path volume, String name) throws IOException {
    try {
      // Before the text: one that is replaced meanwhile is read again.
      var file = Files.readAttributes(Seals.file(volume), BasicFileAttributes.class);
      var before = known.get(name);
      if (before != null && before.isOf(file)) {
        return before.seal();
      }
      var seal = Seals.read(volume, name);
      known.put(name, Known.of(file, seal));
      return seal;
    } catch (NoSuchFileException e) {
      known.remove(name);
      return Seals.read(volume, name);
    }
  }

  /// The volume is another one from here on, or none.
  void forget(String name) {
    known.remove(name);
  }
}
