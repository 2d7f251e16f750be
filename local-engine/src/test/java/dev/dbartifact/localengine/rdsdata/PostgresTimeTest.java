package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTimeTest {

  @ParameterizedTest
  @CsvSource({
    "2030-01-31 12:00:00, 2030-01-31 12:00:00",
    "2030-01-31 12:00:00+00, 2030-01-31 12:00:00",
    "2030-01-31 12:00:00.5+00, 2030-01-31 12:00:00.500",
    "2030-01-31 12:00:00.123, 2030-01-31 12:00:00.123",
    "2030-01-31 12:00:00.1234, 2030-01-31 12:00:00.123400",
    "12:00:00.000001, 12:00:00.000001",
    "infinity, infinity",
    "2030-01-31, 2030-01-31"
  })
  void aFractionHasThreeDigitsOrSixOrIsNotThere(String printed, String text) {
    assertThat(PostgresTime.text(printed)).isEqualTo(text);
  }
}
