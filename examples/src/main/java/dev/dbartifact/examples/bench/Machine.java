package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/// What the numbers were measured on, in one line.
record Machine(PostgresPrograms programs, Path pool) {
  String line() throws IOException, InterruptedException {
    return "Measured %s on %d cores (%s), %.0f GiB of memory, Linux %s, volumes on %s, %s."
        .formatted(
            LocalDate.now(),
            Runtime.getRuntime().availableProcessors(),
            value(Path.of("/proc/cpuinfo"), "model name"),
            Double.parseDouble(value(Path.of("/proc/meminfo"), "MemTotal").split(" ")[0])
                / (1 << 20),
            System.getProperty("os.version"),
            fileSystem(),
            programs.version().replaceAll("^postgres \\((.*?)\\) ([0-9.]+).*", "$1 $2"));
  }

  private String fileSystem() throws IOException, InterruptedException {
    var pool = Files.getFileStore(this.pool);
    var source =
        Command.of(
                "findmnt", "--noheadings", "--output", "SOURCE", "--target", this.pool.toString())
            .run()
            .text()
            .strip();
    boolean loop = source.startsWith("/dev/loop");
    return pool.type() + (loop ? " in a file on " + below(source) : "");
  }

  private static String below(String device) throws IOException, InterruptedException {
    var file =
        Command.of("losetup", "--noheadings", "--output", "BACK-FILE", device).run().text().strip();
    return Files.getFileStore(Path.of(file)).type();
  }

  private static String value(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("unknown");
  }
}
