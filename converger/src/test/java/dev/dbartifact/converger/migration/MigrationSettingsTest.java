package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MigrationSettingsTest {
  @Test
  void whatIsLeftOfARunIsWhatServersTake() {
    assertThat(waiting(Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
    assertThat(waiting(Duration.ofHours(999_999))).isEqualTo(Duration.ofDays(1));
    assertThat(waiting(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
  }

  private static Duration waiting(Duration left) {
    return MigrationSettings.DEFAULT.waitingForOthers(left).waitForOthers();
  }
}
