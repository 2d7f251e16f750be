package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a server has used of the processors so far: its first process, those that it started, and
/// those that have ended (proc_pid_stat(5), `utime` to `cstime`).
record ProcessorTime(long ticks) {
  /// Linux counts in hundredths of a second here, on every architecture that Java runs on.
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME_AFTER_NAME = 11;
  private static final int CSTIME_AFTER_NAME = 14;

  static ProcessorTime of(ProcessHandle server) throws IOException {
    long sum = 0;
    for (var each : Stream.concat(Stream.of(server), server.children()).toList()) {
      sum += ofOne(each.pid());
    }
    return new ProcessorTime(sum);
  }

  private static long ofOne(long pid) throws IOException {
    try {
      return parse(
          Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  /// The name of a process may hold anything, also spaces and brackets.
  static long parse(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long sum = 0;
    for (int field = UTIME_AFTER_NAME; field <= CSTIME_AFTER_NAME; field++) {
      sum += Long.parseLong(fields[field]);
    }
    return sum;
  }

  double secondsSince(ProcessorTime earlier) {
    return (ticks - earlier.ticks) / TICKS_PER_SECOND;
  }
}
