package dev.dbartifact.builder.image;

import dev.dbartifact.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The layers of the bases that were used last: a folder for each base, whose time says when it was
/// used. Others are removed when a base is used.
///
/// @param folder made when it is needed
record BaseCaches(Path folder, InstantSource clock) {
  static final int KEPT = 3;

  /// Another build may still read a folder that was used so lately.
  static final Duration IN_USE = Duration.ofHours(1);

  private record Used(Path folder, Instant at) {}

  /// @throws IOException if it cannot be made, or another one cannot be removed
  Path folderOf(BaseImage base) throws IOException {
    var name = Digest.of(base.toString().getBytes(StandardCharsets.UTF_8)).value();
    var used = Files.createDirectories(folder.resolve(name.replaceFirst(".*:", "")));
    Files.setLastModifiedTime(used, FileTime.from(clock.instant()));
    removeOthers();
    return used;
  }

  private void removeOthers() throws IOException {
    for (var old : lastUsedFirst().stream().skip(KEPT).toList()) {
      if (old.at().isBefore(clock.instant().minus(IN_USE))) {
        Folders.remove(old.folder());
      }
    }
  }

  private List<Used> lastUsedFirst() throws IOException {
    var found = new ArrayList<Used>();
    try (var folders = Files.newDirectoryStream(folder)) {
      for (var each : folders) {
        found.add(new Used(each, Files.getLastModifiedTime(each).toInstant()));
      }
    }
    found.sort(Comparator.comparing(Used::at).reversed());
    return found;
  }
}
