package dev.dbartifact.localengine.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

  @ParameterizedTest
  @CsvSource({
    "100.68.0.18/18, 100.68.0.0/18",
    "10.1.2.3/32, 10.1.2.3/32",
    "255.255.255.255/1, 128.0.0.0/1",
    "10.0.0.0/0, 0.0.0.0/0",
  })
  void whatIsBehindThePrefixIsZero(String given, String canonical) {
    assertThat(CidrBlock.ipv4(given)).hasValue(canonical);
    assertThat(CidrBlock.ipv6(given)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "::/0, ::/0",
    "2001:db8::/32, 2001:db8::/32",
    "2001:0DB8:0:0:0:0:0:1/64, 2001:db8::/64",
    "2001:db8:0:0:1:0:0:1/128, 2001:db8::1:0:0:1/128",
    "2001:0:0:1:0:0:0:1/128, 2001:0:0:1::1/128",
    "1:2:3:4:5:6:0:8/128, 1:2:3:4:5:6:0:8/128",
    "fe80::ffff:1/10, fe80::/10",
    "::1/128, ::1/128",
    "1:10:0:0:10:0:0:1/128, 1:10::10:0:0:1/128",
  })
  void addressesOfIpv6AreWrittenInTheShortestWay(String given, String canonical) {
    assertThat(CidrBlock.ipv6(given)).hasValue(canonical);
    assertThat(CidrBlock.ipv4(given)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "10.0.0.0",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "256.0.0.0/8",
        "10.0.0.0/8/8",
        "010.0.0.0/8",
        "10.0.0.0/08",
        "::",
        "::/129",
        ":::/0",
        "1::2::3/64",
        "g::/16",
        "::ffff:10.0.0.1/128",
        "fe80::1%eth0/64",
        "host/8"
      })
  void whatIsNoRangeIsNone(String given) {
    assertThat(CidrBlock.ipv4(given)).isEmpty();
    assertThat(CidrBlock.ipv6(given)).isEmpty();
  }
}
