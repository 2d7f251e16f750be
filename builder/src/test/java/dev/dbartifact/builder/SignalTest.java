package dev.dbartifact.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A build that a signal ends, while it waits for somebody to read the pipe it writes to.
class SignalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void nothingTemporaryIsLeft() throws Exception {
    stopped("", 1);
  }

  @Test
  void nothingTemporaryOfJibIsLeft() throws Exception {
    stopped("[image]\nbase_image = tar:../base/tiny-base.tar\n", 2);
  }

  /// @param temporaryFolders how many there are when it waits
  private void stopped(String more, int temporaryFolders) throws Exception {
    var base = TinyBase.in(folder.resolve("base"));
    var temporary = Files.createDirectory(folder.resolve("tmp"));
    var work = Files.createDirectory(folder.resolve("work"));
    var ini = work.resolve("a.ini");
    Files.writeString(ini, "[source_db]\nsource_db_cluster_id = prod-orders\n" + more);
    assertThat(new ProcessBuilder("mkfifo", work.resolve("image.tar").toString()).start().waitFor())
        .isZero();

    var build = build(base, ini, temporary);
    try {
      await(temporary, temporaryFolders, build);
      build.destroy();
      assertThat(build.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      build.destroyForcibly();
    }
    assertThat(build.exitValue()).isEqualTo(128 + 15);
    assertThat(temporary).isEmptyDirectory();
  }

  private Process build(Path base, Path ini, Path temporary) throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            System.getProperty("java.class.path"),
            BuildOnce.class.getName(),
            base.toString(),
            ini.toString(),
            ini.getParent().toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("build.log").toFile())
        .start();
  }

  private void await(Path temporary, int folders, Process build) throws Exception {
    var end = Instant.now().plus(PATIENCE);
    while (temporary.toFile().list().length < folders) {
      assertThat(build.isAlive() && Instant.now().isBefore(end)).as(() -> said()).isTrue();
      Thread.onSpinWait();
    }
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("build.log"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
