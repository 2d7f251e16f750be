package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A Markdown page with places for tables: what stands between `<!-- bench:NAME -->` and the next
/// `<!-- end -->`.
record Page(Path file) {
  private static final String END = "<!-- end -->";

  /// Replaces what stands in the section's place.
  ///
  /// @throws IOException also if the page has no such place
  void write(Section section, String markdown) throws IOException {
    var text = Files.readString(file);
    var marker = "<!-- bench:%s -->".formatted(section.word());
    int begin = text.indexOf(marker);
    int end = text.indexOf(END, Math.max(begin, 0));
    if (begin < 0 || end < 0) {
      throw new IOException("%s has no place %s … %s".formatted(file, marker, END));
    }
    Files.writeString(
        file,
        text.substring(0, begin + marker.length())
            + "\n"
            + markdown.strip()
            + "\n"
            + text.substring(end));
  }
}
