package dev.dbartifact.localengine.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What a dump in SQL begins and ends with, kept while it passes.
final class DumpEnds {

  /// Enough for comments and settings before the first line of a frame.
  private static final int BEGINNING = 1 << 12;

  /// Enough for what pg_dump writes after its last line, such as the end of its restricted mode.
  private static final int END = 1 << 14;

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
  private byte[] end = new byte[0];

  /// The same of a file, without reading all of it.
  static DumpEnds of(Path file) throws IOException {
    var ends = new DumpEnds();
    try (var content = Files.newByteChannel(file)) {
      ends.beginning.write(Channels.newInputStream(content).readNBytes(BEGINNING));
      content.position(Math.max(0, content.size() - END));
      ends.end = Channels.newInputStream(content).readNBytes(END);
    }
    return ends;
  }

  void pass(byte[] block, int from, int count) {
    beginning.write(block, from, Math.min(count, BEGINNING - beginning.size()));
    var fresh = Math.min(count, END);
    var kept = Math.min(end.length, END - fresh);
    var joined = Arrays.copyOfRange(end, end.length - kept, end.length + fresh);
    System.arraycopy(block, from + count - fresh, joined, kept, fresh);
    end = joined;
  }

  /// To be asked when nothing more comes.
  ///
  /// @throws CutOffException if the dump says that there was to be more
  void requireWhole() throws CutOffException {
    var frame = DumpFrame.begunIn(text(beginning.toByteArray()));
    if (frame.isPresent() && !frame.get().isClosedIn(text(end))) {
      throw new CutOffException(frame.get().cutOff());
    }
  }

  /// Whatever the encoding, these lines are ASCII.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
