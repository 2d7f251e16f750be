package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopLimitTest {

  private static final Duration OF_SERVICE_MANAGERS = Duration.ofSeconds(90);

  @Test
  void anEngineInWhichNothingEndsByItselfEndsBeforeAnybodyGivesItUp() {
    assertThat(StopLimit.sum()).isLessThan(StopLimit.PATIENCE);
    assertThat(StopLimit.PATIENCE).isLessThan(OF_SERVICE_MANAGERS);
  }
}
