package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many clusters the machine's memory is enough for.
final class Memory {

  /// A server that is in use: its shared buffers, a few sessions, and some of the page cache.
  private static final long BYTES_PER_CLUSTER = 96L << 20;

  private static final int LEAST = 8;

  private Memory() {}

  static int clusters() {
    try {
      return clusters(Files.readString(Path.of("/proc/meminfo")));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read how much memory the machine has", e);
    }
  }

  /// @param text the kernel's `/proc/meminfo`; see proc_meminfo(5)
  static int clusters(String text) {
    var total =
        text.lines()
            .filter(line -> line.startsWith("MemTotal:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("No MemTotal in " + text));
    return (int) Math.max(LEAST, total / BYTES_PER_CLUSTER);
  }
}
