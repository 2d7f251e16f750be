package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GreetingTest {
  private static final int UTF16_GENERAL_CI = 54;
  private static final int UTF8MB4_GENERAL_CI = 45;

  @Test
  void aSessionCanHaveTheCharacterSetOfTheGreeting() throws Exception {
    assertThat(heard(packet(10, UTF16_GENERAL_CI))).isEqualTo(packet(10, UTF8MB4_GENERAL_CI));
  }

  @Test
  void whatFollowsIsAsItWasSent() throws Exception {
    var sent = new ByteArrayOutputStream();
    sent.write(packet(10, UTF16_GENERAL_CI));
    sent.write(packet(10, UTF16_GENERAL_CI));
    var heard = new ByteArrayOutputStream();
    heard.write(packet(10, UTF8MB4_GENERAL_CI));
    heard.write(packet(10, UTF16_GENERAL_CI));
    assertThat(heard(sent.toByteArray())).isEqualTo(heard.toByteArray());
  }

  @Test
  void aRefusalAndABrokenConnectionAreAsTheyWereSent() throws Exception {
    var refusal = packet(255, UTF16_GENERAL_CI);
    assertThat(heard(refusal)).isEqualTo(refusal);
    for (var length : new int[] {0, 3, 4, 5, 12}) {
      var broken = new ByteArrayInputStream(packet(10, UTF16_GENERAL_CI), 0, length);
      assertThat(new Greeting(broken).readAllBytes()).hasSize(length);
    }
  }

  @Test
  void itIsReadOctetByOctetToo() throws Exception {
    try (var greeting = new Greeting(new ByteArrayInputStream(packet(10, UTF16_GENERAL_CI)))) {
      for (var octet : packet(10, UTF8MB4_GENERAL_CI)) {
        assertThat(greeting.read()).isEqualTo(octet & 0xff);
      }
      assertThat(greeting.read()).isEqualTo(-1);
    }
  }

  private static byte[] heard(byte[] sent) throws IOException {
    return new Greeting(new ByteArrayInputStream(sent)).readAllBytes();
  }

  /// See "Connection" in MariaDB's description of its client/server protocol.
  private static byte[] packet(int protocol, int collation) {
    var body = new ByteArrayOutputStream();
    body.write(protocol);
    body.writeBytes("10.11.19-MariaDB\0".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(new byte[] {7, 0, 0, 0});
    body.writeBytes("12345678\0".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(new byte[] {-2, -9, (byte) collation, 2, 0});
    var packet = new ByteArrayOutputStream();
    packet.writeBytes(new byte[] {(byte) body.size(), 0, 0, 0});
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }
}
