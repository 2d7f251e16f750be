package dev.dbartifact.builder.ini;

import java.io.Reader;
import java.util.List;

/// Hands out one line at each read, so that a parser which buffers has never seen more than the
/// line that it reports on. ini4j tells no line numbers to its handlers; this does.
final class LineByLine extends Reader {
  private final List<String> lines;
  private int handedOut;
  private String rest = "";

  LineByLine(List<String> lines) {
    this.lines = lines;
  }

  /// The number of the last line that was handed out, counted from 1.
  int line() {
    return handedOut;
  }

  @Override
  public int read(char[] buffer, int offset, int length) {
    if (rest.isEmpty()) {
      if (handedOut == lines.size()) {
        return -1;
      }
      rest = lines.get(handedOut++) + "\n";
    }
    int count = Math.min(length, rest.length());
    rest.getChars(0, count, buffer, offset);
    rest = rest.substring(count);
    return count;
  }

  @Override
  public void close() {}
}
