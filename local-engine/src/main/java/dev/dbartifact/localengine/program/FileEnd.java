package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads the end of a log: a server that logs much has files that fit into no memory.
public final class FileEnd {
  private static final int MOST_BYTES = 256 << 10;

  private FileEnd() {}

  /// The last of what a file holds from there on, up to 256 KiB.
  ///
  /// @param from in bytes
  public static String text(Path file, long from) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      var size = channel.size();
      var start = Math.max(Math.min(from, size), size - MOST_BYTES);
      var bytes = ByteBuffer.allocate((int) (size - start));
      while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
        // More may follow.
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }
}
