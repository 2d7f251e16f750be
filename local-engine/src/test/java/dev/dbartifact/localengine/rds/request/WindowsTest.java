package dev.dbartifact.localengine.rds.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

  @Test
  void nothingIsSaidOfWhatIsNotGiven() {
    assertThatCode(() -> Windows.check(null, null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "05:00-05:30, mon:05:30-mon:06:00",
    "05:30-06:00, mon:05:00-mon:05:30",
    "23:30-00:30, sun:00:30-sun:01:00",
    "12:00-12:30, Sun:23:45-Mon:00:15"
  })
  void windowsThatOnlyTouchAreApart(String backup, String maintenance) {
    assertThatCode(() -> Windows.check(backup, maintenance)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "05:00-05:31, mon:05:30-mon:06:00",
    "23:30-00:30, mon:00:00-mon:00:30",
    "23:30-00:30, sun:23:59-mon:00:29",
    "00:00-00:30, sun:23:45-mon:00:15",
    "12:00-12:30, mon:06:00-tue:05:00"
  })
  void othersOverlap(String backup, String maintenance) {
    assertThatThrownBy(() -> Windows.check(backup, maintenance))
        .hasMessageContaining("The backup window and maintenance window must not overlap.");
  }

  @Test
  void aWindowLastsHalfAnHourAndMaintenanceLessThanADay() {
    assertThatThrownBy(() -> Windows.check("05:00-05:29", null))
        .hasMessageContaining("The backup window must be at least 30 minutes.");
    assertThatThrownBy(() -> Windows.check(null, "sun:23:45-mon:00:14"))
        .hasMessageContaining("The maintenance window must be at least 30 minutes.");
    assertThatThrownBy(() -> Windows.check(null, "mon:05:00-tue:05:00"))
        .hasMessageContaining("less than 24 hours");
  }

  @Test
  void oneCanBeMovedBehindTheOther() {
    assertThat(Windows.maintenanceAfter("23:30-00:30", "sun:00:00-sun:00:30"))
        .isEqualTo("mon:00:30-mon:01:00");
    assertThat(Windows.backupAfter("sun:23:45-mon:00:15")).isEqualTo("00:15-00:45");
  }

  @Test
  void theWindowThatNobodyAskedForGetsOutOfTheWay() {
    assertThat(Windows.apart("05:00-06:00", "mon:05:30-mon:06:30", false))
        .isEqualTo(new Windows.Pair("05:00-06:00", "mon:06:00-mon:06:30"));
    assertThat(Windows.apart("05:00-06:00", "Mon:05:30-Mon:06:30", true))
        .isEqualTo(new Windows.Pair("06:30-07:00", "mon:05:30-mon:06:30"));
  }

  @Test
  void windowsThatAreApartStay() {
    assertThat(Windows.apart("05:00-05:30", "MON:05:30-MON:06:00", true))
        .isEqualTo(new Windows.Pair("05:00-05:30", "mon:05:30-mon:06:00"));
  }
}
