package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The version that the program of a PostgreSQL says it has. To ask takes as long as a good part of
/// the engine's start: whoever has a tree of its own for a program notes it there.
final class SaidVersion {
  private static final Pattern ANSWER =
      Pattern.compile("postgres \\(PostgreSQL\\) (\\d+(?:\\.\\d+)*).*", Pattern.DOTALL);

  private SaidVersion() {}

  /// @param bin the directory of `postgres`
  /// @return such as `17.11`
  /// @throws IOException if it does not run, or says something else
  static String ask(Path bin) throws IOException {
    var answer = Program.run(bin.resolve("postgres").toString(), "--version");
    var version = ANSWER.matcher(answer);
    if (!version.matches()) {
      throw new IOException(
          "%s --version answered something else than a version: %s"
              .formatted(bin.resolve("postgres"), answer));
    }
    return version.group(1);
  }
}
