package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Which dumps have begun in SQL that passes, and have not ended. There may be several, one after
/// the other or within one of a whole cluster, and other SQL between and behind them.
final class DumpFrames {

  /// Bytes of a line that are looked at: more than the first and last lines of dumps have.
  private static final int LOOKED_AT = 64;

  private final byte[] line = new byte[LOOKED_AT];
  private int length;
  private final Map<DumpFrame, Integer> open = new EnumMap<>(DumpFrame.class);

  /// Those of a file, which is read to its end.
  static DumpFrames of(Path file) throws IOException {
    var frames = new DumpFrames();
    try (var content = Files.newInputStream(file)) {
      var block = new byte[1 << 16];
      for (var count = content.read(block); count >= 0; count = content.read(block)) {
        frames.pass(block, 0, count);
      }
    }
    return frames;
  }

  void pass(byte[] block, int from, int count) {
    for (var at = from; at < from + count; at++) {
      if (block[at] == '\n') {
        endLine();
      } else if (length < LOOKED_AT) {
        line[length++] = block[at];
      }
    }
  }

  private void endLine() {
    if (length > 2 && line[0] == '-' && line[1] == '-') {
      // Whatever the encoding, the lines in question are ASCII.
      note(new String(line, 0, length, StandardCharsets.ISO_8859_1).stripTrailing());
    }
    length = 0;
  }

  private void note(String comment) {
    for (var frame : DumpFrame.values()) {
      if (frame.beginsWith(comment)) {
        open.merge(frame, 1, Integer::sum);
      } else if (frame.endsWith(comment)) {
        open.computeIfPresent(frame, (_, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  /// To be asked when nothing more comes.
  ///
  /// @throws CutOffException if a dump has begun that has not ended
  void requireWhole() throws CutOffException {
    endLine();
    var cutOff = unended();
    if (cutOff.isPresent()) {
      throw new CutOffException(cutOff.get().cutOff());
    }
  }

  private Optional<DumpFrame> unended() {
    return Arrays.stream(DumpFrame.values()).filter(open::containsKey).findFirst();
  }
}
