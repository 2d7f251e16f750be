package dev.dbartifact.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What the acceptance tests need of the machine, see
/// [dev.dbartifact.testing.Prerequisites#require(boolean, String)].
final class Prerequisites {
  private Prerequisites() {}

  static void require(boolean there, String otherwise) {
    dev.dbartifact.testing.Prerequisites.require(there, otherwise);
  }

  static void containerEngine() {
    require(
        succeeds("docker", "info"), "No container engine answers here; scripts/test sees to one.");
  }

  /// Testcontainers starts a container of its own that cleans up behind it, unless it is told not
  /// to; where its image can be had from nowhere, it never comes to the test.
  static void testcontainers() {
    containerEngine();
    require(
        "true".equals(System.getenv("TESTCONTAINERS_RYUK_DISABLED"))
            || succeeds("sh", "-c", "docker image ls -q testcontainers/ryuk | grep -q .")
            || succeeds("timeout", "20", "docker", "pull", "-q", "testcontainers/ryuk:0.14.0"),
        "The clean-up container of Testcontainers cannot be pulled; scripts/test does without it"
            + " (TESTCONTAINERS_RYUK_DISABLED=true).");
  }

  static void command(String name, String wanted) {
    require(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
        "There is no '" + name + "' on the PATH, so it is not tried " + wanted + ".");
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException notHere) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
