package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What arrives is told by the shell, which names signals by itself.
class SignalTest {
  private static final int KILLED_BY = 128;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// A shell cannot trap what its parent ignores, and who is started in the background ignores
  /// some.
  private static final String TRAP =
      "trap 'echo %1$s; exit' %1$s; echo ready; while read line; do :; done";

  @ParameterizedTest
  @EnumSource(
      value = Signal.class,
      names = {"HUP", "INT", "QUIT", "TERM"})
  void aProcessIsToldBySignal(Signal signal) throws Exception {
    var told =
        new ProcessBuilder("env", "--default-signal", "sh", "-c", TRAP.formatted(signal)).start();
    try (var said = told.inputReader()) {
      assertThat(said.readLine()).isEqualTo("ready");
      signal.send(told.pid());
      assertThat(said.readLine()).isEqualTo(signal.name());
    } finally {
      told.destroyForcibly();
    }
  }

  @Test
  void aProcessIsStopped_goesOn_andIsKilled() throws Exception {
    var process = new ProcessBuilder("sleep", "60").start();

    Signal.STOP.send(process.pid());
    assertThat(Waiting.within(LIMIT, () -> ProcessState.isStopped(process.pid()))).isTrue();
    Signal.CONT.send(process.pid());
    assertThat(Waiting.within(LIMIT, () -> !ProcessState.isStopped(process.pid()))).isTrue();
    Signal.KILL.send(process.pid());
    assertThat(process.waitFor()).isEqualTo(KILLED_BY + 9);
  }

  @Test
  void whoIsGoneCannotBeTold() throws Exception {
    var process = new ProcessBuilder("true").start();
    process.waitFor();

    assertThatIOException()
        .isThrownBy(() -> Signal.HUP.send(process.pid()))
        .withMessage("There is no process %d to send SIGHUP to", process.pid());
  }
}
