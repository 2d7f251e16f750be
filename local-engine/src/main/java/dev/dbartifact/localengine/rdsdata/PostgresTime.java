package dev.dbartifact.localengine.rdsdata;

import java.util.regex.Pattern;

/// Times and timestamps of PostgreSQL as RDS Data prints them: without a zone, which is UTC, and
/// with no fraction of a second, or one of three or six digits.
final class PostgresTime {

  private static final Pattern TIME =
      Pattern.compile("(.*\\d\\d:\\d\\d:\\d\\d)(?:\\.(\\d{1,6}))?(?:\\+00)?");

  private PostgresTime() {}

  /// @param printed by the server, in a session in UTC; what is no time (`infinity`) stays as it is
  static String text(String printed) {
    var time = TIME.matcher(printed);
    if (!time.matches()) {
      return printed;
    }
    var fraction = time.group(2);
    return fraction == null ? time.group(1) : time.group(1) + "." + padded(fraction);
  }

  private static String padded(String fraction) {
    var digits = fraction.length() <= 3 ? 3 : 6;
    return fraction + "0".repeat(digits - fraction.length());
  }
}
