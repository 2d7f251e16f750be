package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Runs programs side by side, each of which reads what the one before it writes. They speak
/// English (`LC_ALL=C`), have the engine's mark, and get nothing else of its environment than a
/// server does.
public final class Pipeline {

  private Pipeline() {}

  /// One of the programs.
  ///
  /// @param command its path and arguments
  /// @param environment what it gets besides
  public record Stage(List<String> command, Map<String, String> environment) {

    public Stage {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    private ProcessBuilder builder() {
      var builder = EngineMark.on(ServerEnvironment.only(new ProcessBuilder(command)));
      builder.environment().put("LC_ALL", "C");
      builder.environment().putAll(environment);
      return builder;
    }
  }

  private record Running(Stage stage, Process process, CompletableFuture<String> errors) {}

  /// Runs them to their end.
  ///
  /// @return what they said on standard error
  /// @throws ProgramFailedException if one of them ends with another exit code than 0: the last of
  ///   those, since the ones before it fail for lack of a reader
  public static String run(List<Stage> stages) throws IOException {
    var processes = ProcessBuilder.startPipeline(stages.stream().map(Stage::builder).toList());
    var running = new ArrayList<Running>();
    for (var i = 0; i < stages.size(); i++) {
      var process = processes.get(i);
      running.add(new Running(stages.get(i), process, reading(process.getErrorStream())));
    }
    var output = reading(processes.getLast().getInputStream());
    try {
      for (var each : running) {
        each.process().waitFor();
      }
      output.get();
      return said(running);
    } catch (InterruptedException e) {
      processes.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "Interrupted while running " + stages.getFirst().command().getFirst());
    } catch (ExecutionException e) {
      throw new IOException("Could not read what a program printed", e.getCause());
    }
  }

  private static String said(List<Running> all)
      throws IOException, InterruptedException, ExecutionException {
    var said = new StringBuilder();
    for (var each : all) {
      said.append(Objects.requireNonNull(each.errors().get()));
    }
    for (var each : all.reversed()) {
      if (each.process().exitValue() != 0) {
        throw new ProgramFailedException(
            each.stage().command(), each.process().exitValue(), "", each.errors().get());
      }
    }
    return said.toString();
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        Thread::startVirtualThread);
  }
}
