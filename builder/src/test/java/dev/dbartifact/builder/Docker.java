package dev.dbartifact.builder;

import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The `docker` command of this machine.
public final class Docker {
  private Docker() {}

  /// Leaves the test out where there is no container engine.
  public static void require() {
    boolean works;
    try {
      run("version");
      works = true;
    } catch (IOException absent) {
      works = false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      works = false;
    }
    Prerequisites.require(works, "No container engine answers to 'docker version'.");
  }

  /// @return what it wrote to standard output and standard error
  /// @throws IOException if it fails
  public static String run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
