package dev.dbartifact.localengine.rds.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestoreWindowTest {
  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
  private static final Instant HOUR_AGO = NOON.minus(Duration.ofHours(1));

  @Test
  void withoutAHistoryItIsThePresentAlone() {
    var window = RestoreWindow.of(Optional.empty(), 7, NOON);
    assertThat(window).isEqualTo(new RestoreWindow(NOON, NOON));
    assertThatCode(() -> window.require(NOON, "prod")).doesNotThrowAnyException();
    assertThatThrownBy(() -> window.require(HOUR_AGO, "prod"))
        .hasMessageContaining("keeps no history");
  }

  @Test
  void itBeginsWithTheHistoryOrWithTheRetentionPeriod() {
    assertThat(RestoreWindow.of(Optional.of(HOUR_AGO), 1, NOON))
        .isEqualTo(new RestoreWindow(HOUR_AGO, NOON));
    var longAgo = NOON.minus(Duration.ofDays(30));
    assertThat(RestoreWindow.of(Optional.of(longAgo), 2, NOON))
        .isEqualTo(new RestoreWindow(NOON.minus(Duration.ofDays(2)), NOON));
  }

  @Test
  void aClockThatWasSetBackMakesNoWindowThatEndsBeforeItBegins() {
    assertThat(RestoreWindow.of(Optional.of(NOON.plusSeconds(1)), 7, NOON))
        .isEqualTo(new RestoreWindow(NOON, NOON));
  }

  @Test
  void itsEndsBelongToIt() {
    var window = new RestoreWindow(HOUR_AGO, NOON);
    assertThatCode(() -> window.require(HOUR_AGO, "prod")).doesNotThrowAnyException();
    assertThatCode(() -> window.require(NOON, "prod")).doesNotThrowAnyException();
    assertThatThrownBy(() -> window.require(HOUR_AGO.minusNanos(1), "prod"))
        .hasMessageContaining("earlier than 2030-01-31T11:00:00Z")
        .hasMessageNotContaining("history");
    assertThatThrownBy(() -> window.require(NOON.plusNanos(1), "prod"))
        .hasMessageContaining("later than 2030-01-31T12:00:00Z");
  }
}
