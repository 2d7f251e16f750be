package dev.dbartifact.localengine.volume;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what `filefrag -v -b1` prints: one line per extent of a file, with its place in the file,
/// its length in bytes and its flags.
final class FileExtents {
  private static final Pattern EXTENT =
      Pattern.compile("\\s*\\d+:\\s*(\\d+)\\.\\.\\s*\\d+:\\s*\\d+\\.\\.\\s*\\d+:\\s*(\\d+):(.*)");

  private FileExtents() {}

  /// A part of a file, in bytes.
  record Range(long offset, long length) {}

  /// Bytes in extents that other files have too.
  static long shared(String listing) {
    return flagged(listing, "shared").mapToLong(extent -> range(extent).length()).sum();
  }

  /// What the file was given, and nothing was ever written to.
  static List<Range> unwritten(String listing) {
    return flagged(listing, "unwritten").map(FileExtents::range).toList();
  }

  private static Stream<MatchResult> flagged(String listing, String flag) {
    return listing
        .lines()
        .map(EXTENT::matcher)
        .filter(
            extent -> extent.matches() && List.of(extent.group(3).split("[\\s,]+")).contains(flag))
        .map(extent -> extent.toMatchResult());
  }

  private static Range range(MatchResult extent) {
    return new Range(Long.parseLong(extent.group(1)), Long.parseLong(extent.group(2)));
  }
}
