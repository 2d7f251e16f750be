package dev.dbartifact.localengine.rds.log;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/// Where to read on in a log file, as in `17:105920837`. AWS says only that its markers are tokens;
/// those that it was seen to give have an hour before the bytes.
///
/// @param hour of the day, in UTC, in which the file was written to last
/// @param offset in bytes
record LogMarker(int hour, long offset) {

  /// What AWS documents for the beginning of the file.
  private static final String BEGINNING = "0";

  private static final Pattern FORM = Pattern.compile("(\\d{1,2}):(\\d{1,18})");

  static LogMarker of(Instant written, long offset) {
    return new LogMarker(written.atZone(ZoneOffset.UTC).getHour(), offset);
  }

  static LogMarker parse(String marker) {
    if (marker.equals(BEGINNING)) {
      return new LogMarker(0, 0);
    }
    var parts = FORM.matcher(marker);
    if (!parts.matches()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The parameter Marker is not valid: %s. Send 0, or what the last answer had.", marker);
    }
    return new LogMarker(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2)));
  }

  @Override
  public String toString() {
    return hour + ":" + offset;
  }
}
