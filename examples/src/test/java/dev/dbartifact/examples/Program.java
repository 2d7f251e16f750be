package dev.dbartifact.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program as somebody would call it, with nothing in its environment but what is said here.
record Program(List<String> command, Map<String, String> environment, Path folder, String input) {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  Program(String... command) {
    this(List.of(command), Map.of(), Repository.ROOT, "");
  }

  /// One of the launchers in `bin/`.
  static Program launcher(String name) {
    return new Program(Repository.ROOT.resolve("bin").resolve(name).toString())
        .with("PATH", System.getenv("PATH"))
        .with("JAVA_HOME", System.getProperty("java.home"));
  }

  Program with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Program(command, more, folder, input);
  }

  Program with(Map<String, String> variables) {
    var more = new LinkedHashMap<>(environment);
    more.putAll(variables);
    return new Program(command, more, folder, input);
  }

  Program without(String variable) {
    var less = new LinkedHashMap<>(environment);
    less.remove(variable);
    return new Program(command, less, folder, input);
  }

  Program arguments(String... arguments) {
    return arguments(List.of(arguments));
  }

  Program arguments(List<String> arguments) {
    var all = new ArrayList<>(command);
    all.addAll(arguments);
    return new Program(all, environment, folder, input);
  }

  Program in(Path other) {
    return new Program(command, environment, other, input);
  }

  Program reading(String text) {
    return new Program(command, environment, folder, text);
  }

  /// Runs it to its end.
  Answer run() throws IOException, InterruptedException {
    Process process = start();
    var out = collect(process.getInputStream());
    var err = collect(process.getErrorStream());
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException ended) {
      // It did not want to know.
    }
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Not done after " + PATIENCE + ": " + String.join(" ", command));
      }
      return new Answer(process.exitValue(), out.join(), err.join());
    } finally {
      kill(process);
    }
  }

  Process start() throws IOException {
    return builder().start();
  }

  ProcessBuilder builder() {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  /// Ends a process and everything that it has started.
  static void kill(Process process) {
    Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
  }

  /// Each stream has a thread of its own: nobody waits for a pool that other programs' output keeps
  /// busy.
  private static CompletableFuture<String> collect(InputStream stream) {
    var text = new CompletableFuture<String>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException broken) {
            text.completeExceptionally(broken);
          }
        });
    return text;
  }
}
