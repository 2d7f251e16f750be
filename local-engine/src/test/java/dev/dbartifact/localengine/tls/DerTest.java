package dev.dbartifact.localengine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of X.690 and RFC 5280, and the borders between the forms.
class DerTest {

  @Test
  void lengthsFrom128OnSayHowLongTheyAre() {
    assertThat(hex(Der.octets(new byte[127]))).startsWith("047f00");
    assertThat(hex(Der.octets(new byte[128]))).startsWith("04818000");
    assertThat(hex(Der.octets(new byte[256]))).startsWith("0482010000");
  }

  @Test
  void largeNumbersOfIdentifiersTakeSeveralBytes() {
    assertThat(hex(Der.identifier("2.5.29.17"))).isEqualTo("0603551d11");
    assertThat(hex(Der.identifier("1.2.840.10045.4.3.2"))).isEqualTo("06082a8648ce3d040302");
    assertThat(hex(Der.identifier("2.999.0.128"))).isEqualTo("060588370081" + "00");
  }

  @Test
  void timesFrom2050OnHaveFourDigits() {
    assertThat(new String(Der.time(Instant.parse("2049-12-31T23:59:59Z"))))
        .endsWith("491231235959Z");
    assertThat(hex(Der.time(Instant.parse("2049-12-31T23:59:59Z")))).startsWith("170d");
    assertThat(new String(Der.time(Instant.parse("2050-01-01T00:00:00Z"))))
        .endsWith("20500101000000Z");
    assertThat(hex(Der.time(Instant.parse("2050-01-01T00:00:00Z")))).startsWith("180f");
  }

  @Test
  void tagsOfAContext() {
    assertThat(hex(Der.explicit(3, Der.sequence()))).isEqualTo("a3023000");
    assertThat(hex(Der.implicit(2, new byte[] {'a'}))).isEqualTo("820161");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
