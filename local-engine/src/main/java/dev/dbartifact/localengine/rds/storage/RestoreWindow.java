package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The times that a cluster can be restored to. Where no history is kept, that is the present
/// alone.
///
/// @param latest the present
public record RestoreWindow(Instant earliest, Instant latest) {

  private static final String NO_HISTORY =
      " (The local engine keeps no history of it, or none yet: see RestoreToTime in"
          + " docs/local-engine.md. UseLatestRestorableTime is possible.)";

  public RestoreWindow {
    if (earliest.isAfter(latest)) {
      throw new IllegalArgumentException("No window from " + earliest + " to " + latest);
    }
  }

  /// @param since when a history is kept
  /// @param retention days for which one may go back
  static RestoreWindow of(Optional<Instant> since, int retention, Instant now) {
    var allowed = now.minus(Duration.ofDays(retention));
    var earliest = since.filter(now::isAfter).orElse(now);
    return new RestoreWindow(earliest.isBefore(allowed) ? allowed : earliest, now);
  }

  /// A restore names a time or wants the latest.
  ///
  /// @param parameter what the request calls the time
  /// @param time null where none is given
  public static void requireOneTime(String parameter, Instant time, Boolean useLatest) {
    var latest = Boolean.TRUE.equals(useLatest);
    if (time != null && latest) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "%s and UseLatestRestorableTime cannot both be given.", parameter);
    }
    if (time == null && !latest) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "Either %s or UseLatestRestorableTime must be given.", parameter);
    }
  }

  /// The model has no fault of its own for this; RDS answers with the constraints of RestoreToTime
  /// in the API Reference: "Must be before the latest restorable time".
  ///
  /// @param what such as `DB cluster shop`
  public void require(Instant time, String what) {
    if (time.isAfter(latest)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The specified %s cannot be restored to a time later than %s.", what, latest);
    }
    if (time.isBefore(earliest)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "The specified %s cannot be restored to a time earlier than %s.%s",
          what, earliest, earliest.equals(latest) ? NO_HISTORY : "");
    }
  }
}
