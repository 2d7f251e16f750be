package dev.dbartifact.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A program with its arguments and the variables that it gets beside ours.
record Command(List<String> words, Map<String, String> environment) {
  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final int SHOWN_LINES = 12;

  Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  static Command of(String... words) {
    return new Command(Arrays.asList(words), Map.of());
  }

  Command with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Command(words, more);
  }

  /// A pipe from another command into this one, which fails if either does. Variables are given in
  /// front of each, as both sides may want the same one differently.
  Command fedBy(Command other) {
    var script = "set -o pipefail; %s | %s".formatted(other.quoted(), quoted());
    return new Command(List.of("bash", "-c", script), Map.of());
  }

  private String quoted() {
    var all = new ArrayList<String>(List.of("env"));
    environment.forEach((name, value) -> all.add(name + "=" + value));
    all.addAll(words);
    return all.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /// A line of standard output, and how long after the start it came.
  record Line(Duration at, String text) {}

  /// @param elapsed from before the start until it had ended
  record Finished(Duration elapsed, List<Line> output) {
    String text() {
      return output.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    /// When the first line that holds this text came.
    Duration firstLineWith(String part) throws IOException {
      return output.stream()
          .filter(line -> line.text().contains(part))
          .findFirst()
          .map(Line::at)
          .orElseThrow(() -> new IOException("no line with '%s' in: %s".formatted(part, text())));
    }
  }

  /// Runs it to its end.
  ///
  /// @throws IOException if it fails, with its last words
  Finished run() throws IOException, InterruptedException {
    var errors = Files.createTempFile("bench-", ".err");
    try {
      var builder = builder().redirectError(errors.toFile());
      long begin = System.nanoTime();
      var process = builder.start();
      process.getOutputStream().close();
      Thread.ofVirtual().start(() -> endAfterLimit(process));
      var output = read(process, begin);
      int code = process.waitFor();
      var elapsed = since(begin);
      if (code != 0) {
        throw new IOException(failure(code, output, Files.readAllLines(errors)));
      }
      return new Finished(elapsed, output);
    } finally {
      Files.delete(errors);
    }
  }

  /// Starts it and leaves it running; what it says goes to a file.
  Process start(Path log) throws IOException {
    return builder()
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private ProcessBuilder builder() {
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    return builder;
  }

  private static List<Line> read(Process process, long begin) throws IOException {
    var lines = new ArrayList<Line>();
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var text = reader.readLine(); text != null; text = reader.readLine()) {
        lines.add(new Line(since(begin), text));
      }
    }
    return lines;
  }

  private static void endAfterLimit(Process process) {
    try {
      if (!process.waitFor(LIMIT)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String failure(int code, List<Line> output, List<String> errors) {
    var said = new ArrayList<>(output.stream().map(Line::text).toList());
    said.addAll(errors);
    return "'%s' failed with exit code %d: %s"
        .formatted(
            String.join(" ", words),
            code,
            String.join("\n  ", said.subList(Math.max(0, said.size() - SHOWN_LINES), said.size())));
  }
}
