package dev.dbartifact.localengine.rds.log;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.LogFile;
import java.nio.charset.StandardCharsets;

/// Some lines of a log file. It begins and ends between lines, so that portions in a row make up
/// the file; within a line only where that is longer than a portion, and never within a character.
///
/// @param end where the next one begins, in bytes
/// @param pending whether there is more behind it
record LogPortion(String text, long end, boolean pending) {

  /// "Downloads all or a portion of the specified log file, up to 1 MB in size":
  /// DownloadDBLogFilePortion in the Amazon RDS API Reference.
  static final int MOST_BYTES = 1 << 20;

  /// The first lines behind a place; from the beginning, where the file has become shorter than
  /// that.
  static LogPortion after(LogFile file, long place, int lines) throws HostException {
    var from = place > file.size() ? 0 : place;
    var bytes = read(file, from, file.size() - from);
    var toTheEnd = from + bytes.length >= file.size();
    var length = endOfLines(bytes, lines, toTheEnd);
    return new LogPortion(text(bytes, 0, length), from + length, from + length < file.size());
  }

  /// The last lines.
  static LogPortion newest(LogFile file, int lines) throws HostException {
    var from = Math.max(0, file.size() - MOST_BYTES);
    var bytes = read(file, from, file.size() - from);
    var start = startOfLastLines(bytes, lines, from == 0);
    return new LogPortion(text(bytes, start, bytes.length), from + bytes.length, false);
  }

  private static byte[] read(LogFile file, long from, long most) throws HostException {
    return file.read(from, (int) Math.min(MOST_BYTES, most));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static int endOfLines(byte[] bytes, int lines, boolean toTheEnd) {
    var left = lines;
    var end = 0;
    for (var index = 0; index < bytes.length && left > 0; index++) {
      if (bytes[index] == '\n') {
        end = index + 1;
        left--;
      }
    }
    if (left == 0 || (end > 0 && !toTheEnd)) {
      return end;
    }
    return toTheEnd ? bytes.length : beforeCharacter(bytes);
  }

  private static int startOfLastLines(byte[] bytes, int lines, boolean fromTheBeginning) {
    var left = lines;
    var start = bytes.length;
    for (var index = bytes.length - 2; index >= 0 && left > 0; index--) {
      if (bytes[index] == '\n') {
        start = index + 1;
        left--;
      }
    }
    if (left == 0 || (start < bytes.length && !fromTheBeginning)) {
      return start;
    }
    return fromTheBeginning ? 0 : afterCharacter(bytes);
  }

  /// Where the character that may be cut off at the end begins.
  private static int beforeCharacter(byte[] bytes) {
    var end = bytes.length - 1;
    while (end > 0 && isInside(bytes[end])) {
      end--;
    }
    return end == 0 ? bytes.length : end;
  }

  private static int afterCharacter(byte[] bytes) {
    var start = 0;
    while (start < bytes.length && isInside(bytes[start])) {
      start++;
    }
    return start;
  }

  /// Whether it is one of the further bytes of a character in UTF-8.
  private static boolean isInside(byte value) {
    return (value & 0xC0) == 0x80;
  }
}
