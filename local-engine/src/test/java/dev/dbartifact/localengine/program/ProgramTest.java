package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
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

  /// Some programs run as the servers' account, where every server could read what they were given.
  @Test
  void oneGetsNoKeysOfTheShell() throws Exception {
    var own = new HashMap<>(System.getenv());
    ServerEnvironment.keepOnly(own);
    assertThat(own.keySet()).as("something is left out").hasSizeLessThan(System.getenv().size());
    own.put("LC_ALL", "C");

    var names = Program.run("env").lines().map(line -> line.split("=")[0]);

    assertThat(names).containsExactlyInAnyOrderElementsOf(own.keySet());
  }
}
