package dev.dbartifact.builder.base;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// Runs the tools that the base archive is made with: those of the JDK inside this JVM, the others
/// as programs.
final class ToolRun {
  /// A guard against a program that hangs, not a measure of one that works: where much else runs, a
  /// training takes many times as long as alone.
  private static final Duration LONGEST = Duration.ofMinutes(20);

  private ToolRun() {}

  /// A program was not done in time.
  static final class OutOfTimeException extends IOException {
    OutOfTimeException(String message) {
      super(message);
    }
  }

  /// Runs a tool of this JVM's own JDK.
  ///
  /// @return what it wrote to its standard output
  /// @throws IOException if the tool is missing (a JRE runs us) or fails; the message holds what it
  ///   said
  static String jdk(String tool, List<String> arguments) throws IOException {
    var provider =
        ToolProvider.findFirst(tool)
            .orElseThrow(() ->
                new IOException(
                    "%s has no %s: a whole JDK is needed to make the base archive."
                        .formatted(System.getProperty("java.home"), tool)));
    var out = new StringWriter();
    var err = new StringWriter();
    int exit =
        provider.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    if (exit != 0) {
      throw failed(tool, arguments, exit, out.toString() + err);
    }
    return out.toString();
  }

  /// Runs a program with exactly the given environment.
  ///
  /// @return what it wrote to standard output and standard error, in the order written
  /// @throws OutOfTimeException if it is not done within twenty minutes
  /// @throws IOException if it cannot be started, or fails
  static String program(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    return program(command, environment, LONGEST);
  }

  /// @param limit after which it is ended, with all that it has started
  static String program(List<String> command, Map<String, String> environment, Duration limit)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("base-archive", ".log");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile()).redirectInput(new File("/dev/null"));
      builder.environment().clear();
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        end(process);
        throw new OutOfTimeException(
            "%s was not done after %d s, and was ended.%nCommand: %s%nIt said: %s"
                .formatted(
                    command.getFirst(),
                    limit.toSeconds(),
                    String.join(" ", command),
                    Files.readString(output).strip()));
      }
      if (process.exitValue() != 0) {
        throw failed(command.getFirst(), command, process.exitValue(), Files.readString(output));
      }
      return Files.readString(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /// A JVM that makes a cache leaves that to another one.
  private static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private static IOException failed(String tool, List<String> command, int exit, String said) {
    return new IOException(
        "%s failed with exit code %d.%nCommand: %s%nIt said: %s"
            .formatted(tool, exit, String.join(" ", command), said.strip()));
  }
}
