package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When a process is over.
class LivingProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void oneThatRunsIsNotOver_oneThatWasReapedIs() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    try {
      awaitName(process.pid(), "sleep");
      var living = LivingProcess.of(process.pid()).orElseThrow();
      assertThat(living.name()).isEqualTo("sleep");
      assertThat(living.hasEnded()).isFalse();

      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

      assertThat(living.hasEnded()).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  /// A parent that does not reap keeps its number.
  @Test
  void oneThatWasNotReapedIsOver() throws Exception {
    var parent = new ProcessBuilder("sh", "-c", "sleep 0 & exec sleep 60").start();
    try {
      awaitName(parent.pid(), "sleep");
      var child = parent.children().findFirst().orElseThrow();
      var living = LivingProcess.of(child.pid()).orElseThrow();
      Waiting.until("its end", PATIENCE, living::hasEnded);
      assertThat(Files.exists(Path.of("/proc", Long.toString(child.pid())))).isTrue();
    } finally {
      parent.destroyForcibly();
    }
  }

  /// As long as it stands still it can go on.
  @Test
  void oneThatStandsStillIsNotOver() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();
    try {
      awaitName(process.pid(), "sleep");
      Program.run("kill", "-s", "STOP", Long.toString(process.pid()));
      assertThat(LivingProcess.of(process.pid()).orElseThrow().hasEnded()).isFalse();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aLaterOneOfTheSameNumberIsAnother() throws Exception {
    var own = LivingProcess.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(own.hasEnded()).isFalse();
    assertThat(new LivingProcess(own.pid(), own.name(), own.began() - 1).hasEnded()).isTrue();
  }

  @Test
  void whereThereIsNoneThereIsNothingToEnd() throws Exception {
    assertThat(LivingProcess.of(Integer.MAX_VALUE)).isEmpty();
  }

  private static void awaitName(long pid, String name) throws IOException {
    Waiting.until(
        name,
        PATIENCE,
        () -> LivingProcess.of(pid).filter(each -> each.name().equals(name)).isPresent());
  }
}
