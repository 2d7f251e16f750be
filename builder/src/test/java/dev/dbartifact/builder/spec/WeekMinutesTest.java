package dev.dbartifact.builder.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.WeeklyWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekMinutesTest {
  @ParameterizedTest
  @CsvSource({
    "03:00-03:30, sun:04:00-sun:04:30, false",
    "03:00-04:00, sun:04:00-sun:04:30, false",
    "03:45-04:15, sun:04:00-sun:04:30, true",
    "23:45-00:15, tue:00:00-tue:00:30, true",
    "23:45-00:15, sun:23:30-mon:00:10, true",
    "12:00-12:30, sat:23:00-sun:13:00, true",
    "00:30-01:00, sun:23:30-mon:00:30, false"
  })
  void windowsOverlapOrNot(String daily, String weekly, boolean overlap) {
    var backup = WeekMinutes.of(new DailyWindow(daily));
    var maintenance = WeekMinutes.of(new WeeklyWindow(weekly));

    assertThat(backup.overlap(maintenance)).isEqualTo(overlap);
    assertThat(maintenance.overlap(backup)).isEqualTo(overlap);
  }

  @Test
  void theLengthOfAWindowGoesOnOverItsEnd() {
    assertThat(WeekMinutes.length(new DailyWindow("23:50-00:20"))).isEqualTo(30);
    assertThat(WeekMinutes.length(new DailyWindow("03:00-03:00"))).isZero();
    assertThat(WeekMinutes.length(new WeeklyWindow("sun:23:50-mon:00:20"))).isEqualTo(30);
  }
}
