package dev.dbartifact.builder.changelog;

import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A changelog with everything that it includes.
///
/// @param changelog what the metadata says of it
/// @param files where each file is read from, by its path below the root
public record BakedChangelog(Changelog changelog, SortedMap<String, Path> files) {
  private static final int BUFFER_BYTES = 1 << 16;

  public BakedChangelog {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static BakedChangelog of(String root, SortedMap<String, Path> files) throws IOException {
    return new BakedChangelog(new Changelog(root, files.size(), digest(files)), files);
  }

  /// Over the paths and bytes of all files in the order of their paths. Each path is followed by a
  /// zero byte, the length and another one, so that no two lists of files read the same.
  private static Digest digest(SortedMap<String, Path> files) throws IOException {
    var sha256 = Digest.newSha256();
    var buffer = new byte[BUFFER_BYTES];
    for (var file : files.entrySet()) {
      var frame = file.getKey() + "\0" + Files.size(file.getValue()) + "\0";
      sha256.update(frame.getBytes(StandardCharsets.UTF_8));
      try (var content = Files.newInputStream(file.getValue())) {
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
          sha256.update(buffer, 0, read);
        }
      }
    }
    return Digest.of(sha256);
  }
}
