package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A program for clients of a database server, which the system must have.
final class ClientProgram {

  private ClientProgram() {}

  /// The first of these that there is.
  ///
  /// @param advice what to install
  static Path find(List<String> names, String advice) throws IOException {
    return names.stream()
        .map(Program::find)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() ->
            new IOException(
                "This needs the program '%s', which is not on this machine. Install %s."
                    .formatted(String.join("' or '", names), advice)));
  }

  /// Runs it on the user's own terminal, and answers its exit code. Ctrl-C is the program's: should
  /// the JVM end by it, it waits for the program first.
  ///
  /// @param builder with the input and output of this process, see [ProcessBuilder#inheritIO]
  /// @param input what it gets as its standard input; null for what the builder has
  static int run(ProcessBuilder builder, InputStream input)
      throws IOException, InterruptedException {
    if (input != null) {
      builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    }
    var process = builder.start();
    var waiting = waiting(process);
    Runtime.getRuntime().addShutdownHook(waiting);
    try {
      if (input != null) {
        ProgramInput.feed(process, input);
      }
      return process.waitFor();
    } finally {
      remove(waiting);
    }
  }

  private static Thread waiting(Process process) {
    return new Thread(
        () -> {
          try {
            Runtime.getRuntime().halt(process.waitFor());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "wait-for-program");
  }

  private static void remove(Thread waiting) {
    try {
      Runtime.getRuntime().removeShutdownHook(waiting);
    } catch (IllegalStateException e) {
      // Already ending, by Ctrl-C; the hook says how.
      return;
    }
  }
}
