package dev.dbartifact.localengine.volume;

import java.util.regex.Pattern;

/// Reads what `filefrag -v -b1` prints: one line per extent of a file, with its length in bytes and
/// its flags.
final class FileExtents {
  private static final Pattern EXTENT =
      Pattern.compile("\\s*\\d+:\\s*\\d+\\.\\.\\s*\\d+:\\s*\\d+\\.\\.\\s*\\d+:\\s*(\\d+):(.*)");

  private FileExtents() {}

  /// Bytes in extents that other files have too.
  static long shared(String listing) {
    return listing
        .lines()
        .map(EXTENT::matcher)
        .filter(extent -> extent.matches() && extent.group(2).contains("shared"))
        .mapToLong(extent -> Long.parseLong(extent.group(1)))
        .sum();
  }
}
