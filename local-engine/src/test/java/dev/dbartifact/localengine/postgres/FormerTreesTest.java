package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerTreesTest {
  @TempDir private Path temporary;

  private Path tree(String name) throws IOException {
    return Files.createDirectories(temporary.resolve(name).resolve("lib/postgresql/15/bin"));
  }

  private void remove(Path... used) throws IOException {
    new FormerTrees(temporary)
        .remove(List.of(used).stream().map(bin -> new Installation("15.18", bin)).toList());
  }

  @Test
  void whereNoneWasEverMadeNothingIsDone() throws IOException {
    new FormerTrees(temporary.resolve("missing")).remove(List.of());

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void thoseInUseAndWhatIsNoneOfThemStay() throws IOException {
    var used = tree("system-15.18-2");
    var bundled = tree("17.11");

    remove(used);

    assertThat(used).isDirectory();
    assertThat(bundled).isDirectory();
  }

  @Test
  void thoseOfEarlierPackagesGoButNotWhatTheirLinksLeadTo() throws IOException {
    var system = Files.createDirectory(temporary.resolve("usr"));
    Files.createFile(system.resolve("amcheck.so"));
    Files.createSymbolicLink(tree("system-15.17-1").resolve("lib"), system);

    remove(tree("system-15.18-2"));

    assertThat(temporary.resolve("system-15.17-1")).doesNotExist();
    assertThat(system.resolve("amcheck.so")).exists();
  }

  @Test
  void oneThatAServerRunsFromStaysUntilItHasEnded() throws Exception {
    var program = tree("system-15.17-running").resolve("postgres");
    Files.copy(Path.of("/bin/sleep").toRealPath(), program);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var server = new ProcessBuilder(program.toString(), "60").start();
    try {
      remove();
      assertThat(program).exists();
    } finally {
      server.destroyForcibly().waitFor();
    }

    remove();
    assertThat(temporary.resolve("system-15.17-running")).doesNotExist();
  }
}
