package dev.dbartifact.localengine.route53;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A name in the form in which Route 53 answers it: lower-case, a dot at the end, everything but
/// letters, digits, hyphens and underscores as `\` and three octal digits.
///
/// See "DNS domain name format" in the Route 53 Developer Guide.
record DomainName(String text) implements Comparable<DomainName> {

  private static final int LONGEST = 255;
  private static final int LONGEST_LABEL = 63;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-3][0-7]{2})");

  /// @throws RuntimeException the fault InvalidDomainName
  static DomainName of(String given) {
    if (given == null || given.isBlank()) {
      throw invalid(given, "it is empty");
    }
    var dotted = given.endsWith(".") ? given : given + ".";
    var labels = new ArrayList<String>();
    for (var label : dotted.substring(0, dotted.length() - 1).split("\\.", -1)) {
      labels.add(label(given, label));
    }
    var text = String.join(".", labels) + ".";
    if (text.length() > LONGEST) {
      throw invalid(given, "it is longer than %d characters".formatted(LONGEST));
    }
    return new DomainName(text);
  }

  private static String label(String given, String label) {
    if (label.isEmpty()) {
      throw invalid(given, "DomainLabelEmpty (Domain label is empty)");
    }
    var octets = octets(label);
    if (octets.length > LONGEST_LABEL) {
      throw invalid(given, "DomainLabelTooLong (Domain label is too long)");
    }
    var normal = new StringBuilder();
    for (var octet : octets) {
      append(normal, octet);
    }
    return normal.toString();
  }

  /// Those of UTF-8; an escape stands for one octet, so that a name that was listed means itself.
  private static byte[] octets(String label) {
    var octets = new ByteArrayOutputStream();
    var plain = 0;
    for (var escapes = ESCAPE.matcher(label); escapes.find(); plain = escapes.end()) {
      octets.writeBytes(utf8(label.substring(plain, escapes.start())));
      octets.write(Integer.parseInt(escapes.group(1), 8));
    }
    octets.writeBytes(utf8(label.substring(plain)));
    return octets.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder to, byte octet) {
    if (octet >= 'A' && octet <= 'Z') {
      to.append((char) (octet - 'A' + 'a'));
    } else if (octet >= 'a' && octet <= 'z' || octet >= '0' && octet <= '9' || isMark(octet)) {
      to.append((char) octet);
    } else {
      to.append("\\%03o".formatted(octet & 0xff));
    }
  }

  private static boolean isMark(byte octet) {
    return octet == '-' || octet == '_';
  }

  private static RuntimeException invalid(String given, String why) {
    return DnsFault.INVALID_DOMAIN_NAME.with("'%s' is not a valid domain name: %s", given, why);
  }

  /// Whether it is the zone's own name or below it.
  boolean isIn(DomainName zone) {
    return text.equals(zone.text) || text.endsWith("." + zone.text);
  }

  /// From the right: first all of `com.`, then all of `example.com.` …
  @Override
  public int compareTo(DomainName other) {
    return key().compareTo(other.key());
  }

  private String key() {
    return String.join("\u0000", List.of(text.toLowerCase(Locale.ROOT).split("\\.")).reversed());
  }

  @Override
  public String toString() {
    return text;
  }
}
