package dev.dbartifact.localengine.rds.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogMarkerTest {

  @Test
  void zeroIsTheBeginning() {
    assertThat(LogMarker.parse("0").offset()).isZero();
  }

  @Test
  void anHourAndBytes() {
    var marker = LogMarker.of(Instant.parse("2030-01-31T17:59:00Z"), 105_920_837);

    assertThat(marker).hasToString("17:105920837");
    assertThat(LogMarker.parse("17:105920837")).isEqualTo(marker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-1", "17:", ":5", "17:-5", "17:99999999999999999999", "17:5\n", "x"})
  void anythingElseIsRefused(String marker) {
    assertThatThrownBy(() -> LogMarker.parse(marker)).hasMessageContaining("Marker");
  }
}
