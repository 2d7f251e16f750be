package dev.dbartifact.localengine.route53;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A name in the form in which Route 53 answers it: lower-case, a dot at the end, everything but
/// letters, digits, hyphens and underscores as `\` and three octal digits.
///
/// See "DNS domain name format" in the Route 53 Developer Guide.
record DomainName(String text) implements Comparable<DomainName> {

  private static final int LONGEST = 255;
  private static final int LONGEST_LABEL = 63;

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
    var normal = new StringBuilder();
    var length = 0;
    for (var at = 0; at < label.length(); length++) {
      if (label.startsWith("\\", at) && label.substring(at + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        append(normal, (char) Integer.parseInt(label.substring(at + 1, at + 4), 8));
        at += 4;
      } else {
        append(normal, label.charAt(at));
        at++;
      }
    }
    if (length > LONGEST_LABEL) {
      throw invalid(given, "DomainLabelTooLong (Domain label is too long)");
    }
    return normal.toString();
  }

  private static void append(StringBuilder to, char c) {
    var lower = Character.toLowerCase(c);
    if (lower >= 'a' && lower <= 'z' || lower >= '0' && lower <= '9' || "-_".indexOf(c) >= 0) {
      to.append(lower);
    } else {
      for (var octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
        to.append("\\%03o".formatted(octet & 0xff));
      }
    }
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
