package dev.dbartifact.builder.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that the base archive is made with.
class ToolRunTest {
  private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

  @TempDir Path folder;

  @Test
  void whatAProgramSaysIsAnswered() throws Exception {
    assertThat(ToolRun.program(List.of("sh", "-c", "echo out; echo err >&2"), PATH))
        .isEqualTo("out\nerr\n");
  }

  @Test
  void oneThatFailsIsNamedWithWhatItSaid() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ToolRun.program(List.of("sh", "-c", "echo no >&2; exit 3"), PATH))
        .isNotInstanceOf(ToolRun.OutOfTimeException.class)
        .withMessageContaining("sh failed with exit code 3")
        .withMessageEndingWith("It said: no");
  }

  /// A JVM that makes a cache leaves that to a child.
  @Test
  void oneThatTakesTooLongIsEndedWithItsChildren() throws Exception {
    var child = folder.resolve("child");
    var script = "sleep 600 & echo $! >" + child + "; echo begun; wait";

    assertThatExceptionOfType(ToolRun.OutOfTimeException.class)
        .isThrownBy(() -> ToolRun.program(List.of("sh", "-c", script), PATH, Duration.ofSeconds(2)))
        .withMessageContaining("sh was not done after 2 s")
        .withMessageEndingWith("It said: begun");

    var gone = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (runs(Files.readString(child).strip()) && System.nanoTime() < gone) {
      Thread.onSpinWait();
    }
    assertThat(runs(Files.readString(child).strip())).isFalse();
  }

  /// One that has ended and that nobody has asked for its exit code has no command line.
  private static boolean runs(String pid) throws IOException {
    try {
      return !Files.readString(Path.of("/proc", pid, "cmdline")).isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
