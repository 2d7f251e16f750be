package dev.dbartifact.localengine.rds.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CertificationTest {
  private static final Instant NOW = Instant.parse("2030-01-01T12:00:00.123Z");

  @Test
  void aCertificateLastsAYear() {
    assertThat(Certification.from(NOW).validTill()).isEqualTo("2031-01-01T12:00:00Z");
  }

  @Test
  void oneThatEndsSoonIsRenewed() {
    var first = Certification.from(NOW);

    assertThat(Certification.renewed(first, NOW.plus(Duration.ofDays(334)))).isEqualTo(first);
    var later = NOW.plus(Duration.ofDays(336));
    assertThat(Certification.renewed(first, later)).isEqualTo(Certification.from(later));
    assertThat(Certification.renewed(null, NOW)).isEqualTo(first);
  }
}
