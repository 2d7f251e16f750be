package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A segment of the write-ahead log, by the name of its file: the timeline, then where in the log
/// it begins. The names sort as the segments follow each other.
public record WalSegment(String name) implements Comparable<WalSegment> {
  /// What `initdb` chooses.
  public static final long BYTES = 16L << 20;

  private static final Pattern FORM = Pattern.compile("[0-9A-F]{24}");
  private static final long IN_FOUR_GIB = (1L << 32) / BYTES;

  public WalSegment {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("Not a segment of the write-ahead log: '" + name + "'");
    }
  }

  /// The segment in a file of that name; nothing where it is something else.
  public static Optional<WalSegment> of(String file) {
    return FORM.matcher(file).matches() ? Optional.of(new WalSegment(file)) : Optional.empty();
  }

  /// Those in a directory. A server that recycles its segments has some there that it has not
  /// reached yet.
  public static SortedSet<WalSegment> in(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .flatMap(file -> of(file.getFileName().toString()).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// The one behind this, on the same timeline.
  public WalSegment next() {
    var number = part(8) * IN_FOUR_GIB + part(16) + 1;
    return new WalSegment(
        "%s%08X%08X".formatted(name.substring(0, 8), number / IN_FOUR_GIB, number % IN_FOUR_GIB));
  }

  /// Whether these are all the segments from one to another.
  ///
  /// @param end the one behind the last
  public static boolean span(SortedSet<WalSegment> segments, WalSegment begin, WalSegment end) {
    var expected = begin;
    for (var segment : segments) {
      if (!segment.equals(expected)) {
        return false;
      }
      expected = segment.next();
    }
    return expected.equals(end);
  }

  /// Where it begins, as the server writes positions in the log.
  String start() {
    return "%X/%08X".formatted(part(8), part(16) * BYTES);
  }

  private long part(int from) {
    return Long.parseLong(name.substring(from, from + 8), 16);
  }

  @Override
  public int compareTo(WalSegment other) {
    return name.compareTo(other.name);
  }
}
