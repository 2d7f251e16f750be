package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Volumes that nothing accounts for. Nothing is lost: each can be a volume again, until somebody
/// says otherwise.
///
/// @param folder that holds them; is made with the first
record Unclaimed(Path folder) {

  void take(Path volume) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.move(volume, folder.resolve(volume.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    Trees.sync(folder);
    Trees.sync(volume.getParent());
  }

  /// Whether there was a complete volume of that name, which is a volume again.
  boolean giveBack(Path volume) throws IOException {
    var name = volume.getFileName().toString();
    var aside = folder.resolve(name);
    if (Files.exists(volume) || !isWhole(name)) {
      return false;
    }
    Files.move(aside, volume, StandardCopyOption.ATOMIC_MOVE);
    Trees.sync(volume.getParent());
    return true;
  }

  boolean isWhole(String name) throws IOException {
    return Seals.read(folder.resolve(name), name).isPresent();
  }

  SortedSet<Path> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return new TreeSet<>();
    }
    try (var entries = Files.list(folder)) {
      return entries.collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
