package dev.dbartifact.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher starts the engine from the cache that the build trained.
class EngineStartIT {

  /// The JVM goes on without a word where it cannot use one.
  @Test
  void theEngineRunsOnItsCache() throws Exception {
    try (var engine = EngineRun.start()) {
      assertThat(Files.readString(Path.of("/proc/" + engine.pid() + "/maps")))
          .containsPattern("/local-engine-[0-9]+\\.aot\n");
    }
  }

  @Test
  void passwordsForClientsAreNotInItsEnvironment() throws Exception {
    try (var engine = EngineRun.start()) {
      assertThat(Files.readString(Path.of("/proc/" + engine.pid() + "/environ"), ISO_8859_1))
          .contains("PATH=")
          .doesNotContain(EngineRun.PASSWORD_OF_CLIENTS);
    }
  }

  /// It ends at once where a class of a sealed package is in the cache, and the jars have moved.
  @Test
  void aReleaseStartsWhereverItIsMoved(@TempDir Path elsewhere) throws Exception {
    for (var each : new String[] {"bin/db-artifact-local", "bin/lib/jdk.sh"}) {
      var copy = elsewhere.resolve(each);
      Files.createDirectories(copy.getParent());
      Files.copy(Repository.ROOT.resolve(each), copy);
    }
    Files.createSymbolicLink(
        elsewhere.resolve("local-engine"), Repository.ROOT.resolve("local-engine"));
    new Program("sh", elsewhere.resolve("bin/db-artifact-local").toString(), "--version")
        .with("PATH", System.getenv("PATH"))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .run()
        .exits(0)
        .says("db-artifact-local ");
  }

  /// As `bin` on the path may be a link to that of a release, or a program a link to one in it.
  @ParameterizedTest
  @ValueSource(strings = {"db-artifact-local", "db-artifact-builder"})
  void itStartsThroughLinks(String program, @TempDir Path elsewhere) throws Exception {
    var bin = Repository.ROOT.resolve("bin");
    Files.createSymbolicLink(elsewhere.resolve("programs"), bin);
    Files.createSymbolicLink(elsewhere.resolve("it"), bin.resolve(program));
    for (var path : List.of("programs/" + program, "it")) {
      new Program(elsewhere.resolve(path).toString(), "--version")
          .with("PATH", System.getenv("PATH"))
          .with("JAVA_HOME", System.getProperty("java.home"))
          .with("within", "another's")
          .run()
          .exits(0)
          .says(program + " ");
    }
  }
}
