package dev.dbartifact.builder.base;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;

/// Runs the tools that the base archive is made with: those of the JDK inside this JVM, the others
/// as programs.
final class ToolRun {
  private static final int TIME_LIMIT_SECONDS = 180;

  private ToolRun() {}

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
  /// @throws IOException if it cannot be started, fails, or is not done within three minutes
  static String program(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var output = Files.createTempFile("base-archive", ".log");
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(output.toFile()).redirectInput(new File("/dev/null"));
      builder.environment().clear();
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw failed(
            command.getFirst(),
            command,
            -1,
            "not done after " + TIME_LIMIT_SECONDS + " s\n" + Files.readString(output));
      }
      if (process.exitValue() != 0) {
        throw failed(command.getFirst(), command, process.exitValue(), Files.readString(output));
      }
      return Files.readString(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static IOException failed(String tool, List<String> command, int exit, String said) {
    return new IOException(
        "%s failed with exit code %d.%nCommand: %s%nIt said: %s"
            .formatted(tool, exit, String.join(" ", command), said.strip()));
  }
}
