package dev.dbartifact.localengine.rds.request;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// The time of the day at which a cluster is backed up, and that of the week at which it is
/// maintained. Well-formed texts are taken apart here; [Rules] says what well-formed is.
///
/// See PreferredBackupWindow and PreferredMaintenanceWindow of CreateDBCluster in the API
/// Reference.
public final class Windows {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;
  private static final int SHORTEST = 30;

  private Windows() {}

  /// From `start` until before `end`, in minutes; `end` may lie beyond the day or the week.
  private record Span(int start, int end) {
    int length() {
      return end - start;
    }

    boolean meets(Span other) {
      return start < other.end && other.start < end;
    }

    Span later(int minutes) {
      return new Span(start + minutes, end + minutes);
    }
  }

  /// The two windows of one cluster or instance, which do not overlap.
  ///
  /// @param maintenance its days in small letters, as RDS keeps them
  public record Pair(String backup, String maintenance) {}

  /// Whether they are long enough and apart. Either may be null, which says nothing.
  public static void check(String backup, String maintenance) {
    if (backup != null && daily(backup).length() < SHORTEST) {
      throw refused("The backup window must be at least 30 minutes.");
    }
    if (maintenance != null && weekly(maintenance).length() < SHORTEST) {
      throw refused("The maintenance window must be at least 30 minutes.");
    }
    if (maintenance != null && weekly(maintenance).length() >= DAY) {
      throw refused("Maintenance window must be less than 24 hours.");
    }
    if (backup != null && maintenance != null && overlap(backup, maintenance)) {
      throw refused("The backup window and maintenance window must not overlap.");
    }
  }

  public static boolean overlap(String backup, String maintenance) {
    var every = daily(backup);
    var once = weekly(maintenance);
    // From the day before the week, whose backup may last into it, to that after its end.
    return IntStream.range(-1, 9)
        .mapToObj(day -> every.later(day * DAY))
        .anyMatch(backedUp -> backedUp.meets(once) || backedUp.meets(once.later(-WEEK)));
  }

  /// The two without an overlap: the one that nobody asked for gets out of the way.
  ///
  /// @param maintenanceIsGiven whether that is the backup window
  public static Pair apart(String backup, String maintenance, boolean maintenanceIsGiven) {
    var kept = kept(maintenance);
    if (!overlap(backup, kept)) {
      return new Pair(backup, kept);
    }
    return maintenanceIsGiven
        ? new Pair(backupAfter(kept), kept)
        : new Pair(backup, maintenanceAfter(backup, kept));
  }

  /// With the days in small letters, as RDS keeps them. Null stays null.
  public static String kept(String maintenance) {
    return maintenance == null ? null : maintenance.toLowerCase(Locale.ROOT);
  }

  /// The shortest maintenance window that begins, on the same day of the week, when the backup
  /// ends.
  public static String maintenanceAfter(String backup, String maintenance) {
    var start = DAYS.indexOf(kept(maintenance).substring(0, 3)) * DAY + daily(backup).end();
    return weekTime(start) + "-" + weekTime(start + SHORTEST);
  }

  /// The shortest backup window that begins when the maintenance ends.
  public static String backupAfter(String maintenance) {
    var start = weekly(maintenance).end();
    return dayTime(start) + "-" + dayTime(start + SHORTEST);
  }

  /// One that nobody asked for: 30 minutes between 03:00 and 11:00 UTC.
  public static String anyBackup(Random random) {
    var start = anyStart(random);
    return dayTime(start) + "-" + dayTime(start + SHORTEST);
  }

  /// The same, on one day of the week.
  public static String anyMaintenance(Random random) {
    var day = random.nextInt(DAYS.size()) * DAY;
    var start = day + anyStart(random);
    return weekTime(start) + "-" + weekTime(start + SHORTEST);
  }

  private static int anyStart(Random random) {
    return 3 * 60 + random.nextInt(0, 8 * 60 - SHORTEST);
  }

  /// When the next backup window after that moment begins.
  public static Instant nextBackup(String window, Instant after) {
    var midnight = after.truncatedTo(ChronoUnit.DAYS);
    var begin = midnight.plus(Duration.ofMinutes(daily(window).start()));
    return begin.isAfter(after) ? begin : begin.plus(1, ChronoUnit.DAYS);
  }

  private static Span daily(String window) {
    var parts = window.split("-");
    return span(minutes(parts[0]), minutes(parts[1]), DAY);
  }

  private static Span weekly(String window) {
    var parts = kept(window).split("-");
    return span(weekMinutes(parts[0]), weekMinutes(parts[1]), WEEK);
  }

  private static Span span(int start, int end, int period) {
    return new Span(start, end <= start ? end + period : end);
  }

  private static int weekMinutes(String text) {
    return DAYS.indexOf(text.substring(0, 3)) * DAY + minutes(text.substring(4));
  }

  private static int minutes(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static String weekTime(int minute) {
    return DAYS.get(minute % WEEK / DAY) + ":" + dayTime(minute);
  }

  private static String dayTime(int minute) {
    return "%02d:%02d".formatted(minute % DAY / 60, minute % 60);
  }

  private static RuntimeException refused(String message) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(message);
  }
}
