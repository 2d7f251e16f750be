package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProgramTest {

  @Test
  void whatIsPrintedIsAnswered() throws IOException {
    assertThat(Program.runWithin(Duration.ofMinutes(1), "echo", "room")).isEqualTo("room\n");
  }

  @Test
  @Timeout(30)
  void aProgramThatDoesNotEndIsNotWaitedForForEver() {
    assertThatIOException()
        .isThrownBy(() -> Program.runWithin(Duration.ofMillis(50), "sleep", "600"))
        .withMessage("'sleep 600' did not end within 0 s");
  }
}
