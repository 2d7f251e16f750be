package dev.dbartifact.localengine.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// As much of ASN.1's distinguished encoding rules (ITU-T X.690) as certificates are made of. Each
/// value is its tag, its length, and what is in it.
final class Der {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int CONTEXT = 0x80;
  private static final int CONSTRUCTED = 0x20;

  private static final int LONG_FORM = 0x80;
  private static final int SEVEN_BITS = 0x7f;

  /// From here on times are written with all digits of their year (RFC 5280, 4.1.2.5).
  private static final Instant FOUR_DIGITS = Instant.parse("2050-01-01T00:00:00Z");

  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) 0xff});
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  /// @param unused how many bits of the last byte do not count
  static byte[] bits(int unused, byte[] bits) {
    return value(BIT_STRING, new byte[] {(byte) unused}, bits);
  }

  static byte[] octets(byte[] octets) {
    return value(OCTET_STRING, octets);
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant time) {
    return time.isBefore(FOUR_DIGITS)
        ? value(UTC_TIME, SHORT.format(time).getBytes(StandardCharsets.US_ASCII))
        : value(GENERALIZED_TIME, LONG.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  /// In place of the value's own tag: what it is follows from where it stands.
  static byte[] implicit(int number, byte[] content) {
    return value(CONTEXT | number, content);
  }

  /// Around a value with its own tag.
  static byte[] explicit(int number, byte[] value) {
    return value(CONTEXT | CONSTRUCTED | number, value);
  }

  /// @param dotted such as `2.5.4.3`; no number but the first two is limited
  static byte[] identifier(String dotted) {
    var numbers = Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
    var content = new ByteArrayOutputStream();
    content.writeBytes(base128(40 * numbers[0] + numbers[1]));
    Arrays.stream(numbers).skip(2).forEach(number -> content.writeBytes(base128(number)));
    return value(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static byte[] base128(int number) {
    var groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(number) + 6) / 7);
    var bytes = new byte[groups];
    for (var group = 0; group < groups; group++) {
      var more = group < groups - 1 ? LONG_FORM : 0;
      bytes[group] = (byte) (more | number >> 7 * (groups - 1 - group) & SEVEN_BITS);
    }
    return bytes;
  }

  private static byte[] value(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    whole.writeBytes(length(content.size()));
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] length(int length) {
    if (length <= SEVEN_BITS) {
      return new byte[] {(byte) length};
    }
    var digits = BigInteger.valueOf(length).toByteArray();
    var unsigned = digits[0] == 0 ? Arrays.copyOfRange(digits, 1, digits.length) : digits;
    var form = new ByteArrayOutputStream();
    form.write(LONG_FORM | unsigned.length);
    form.writeBytes(unsigned);
    return form.toByteArray();
  }
}
