package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// Memory that a process, with those that it started, has to itself: what would come back if they
/// ended (proc_pid_smaps(5), `Private_Clean` and `Private_Dirty`). Shared buffers count where a
/// process wrote to them alone.
record PrivateMemory(long kibibytes) {

  static PrivateMemory of(ProcessHandle process) throws IOException {
    long sum = 0;
    for (var each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      sum += ofOne(each.pid());
    }
    return new PrivateMemory(sum);
  }

  private static long ofOne(long pid) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Private_Clean:") || line.startsWith("Private_Dirty:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  PrivateMemory plus(PrivateMemory other) {
    return new PrivateMemory(kibibytes + other.kibibytes);
  }

  double megabytes() {
    return kibibytes * 1024 / 1e6;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f MB", megabytes());
  }
}
