package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Replay REPLAY =
      new Replay(
          Instant.parse("2030-01-31T12:00:00.123456789Z"),
          Map.of("max_prepared_transactions", "7"));

  @Test
  void itEndsAtTheMomentInTheServersOwnPrecision() {
    assertThat(REPLAY.settings())
        .containsEntry("recovery_target_time", "2030-01-31 12:00:00.123456+00")
        .containsEntry("recovery_target_action", "promote")
        .containsEntry("max_prepared_transactions", "7")
        .containsEntry("restore_command", "cp --reflink=never ../replay/%f \"%p\"");
  }

  @Test
  void toTheEndThereIsNoTarget() {
    assertThat(REPLAY.settingsToTheEnd())
        .containsEntry("hot_standby", "off")
        .doesNotContainKey("recovery_target_time");
  }

  @Test
  void aLogWithNothingLaterIsToldFromOtherFailures() {
    assertThat(
            Replay.endedEarly(
                new IOException(
                    "It said: FATAL:  recovery ended before configured recovery target was reached")))
        .isTrue();
    assertThat(Replay.endedEarly(new IOException("No space left on device"))).isFalse();
    assertThat(Replay.endedEarly(new IOException())).isFalse();
  }
}
