package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.WeeklyWindow;
import java.util.BitSet;
import java.util.List;

/// The minutes of a week, from the first of Monday on, that windows cover. RDS wants every window
/// to last half an hour at least, and no backup during maintenance (CreateDBCluster,
/// PreferredBackupWindow and PreferredMaintenanceWindow).
final class WeekMinutes {
  static final int SHORTEST = 30;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int DAY = 24 * 60;
  private static final int WEEK = 7 * DAY;

  private final BitSet covered = new BitSet(WEEK);

  private WeekMinutes() {}

  static WeekMinutes of(DailyWindow window) {
    var minutes = new WeekMinutes();
    for (int day = 0; day < WEEK; day += DAY) {
      minutes.cover(day + timeOfDay(window.value(), 0), length(window));
    }
    return minutes;
  }

  static WeekMinutes of(WeeklyWindow window) {
    var minutes = new WeekMinutes();
    minutes.cover(timeOfWeek(window.value(), 0), length(window));
    return minutes;
  }

  /// In minutes; a window that ends earlier than it begins goes on over midnight.
  static int length(DailyWindow window) {
    return Math.floorMod(timeOfDay(window.value(), 6) - timeOfDay(window.value(), 0), DAY);
  }

  /// In minutes; a window that ends earlier than it begins goes on into the next week.
  static int length(WeeklyWindow window) {
    return Math.floorMod(timeOfWeek(window.value(), 10) - timeOfWeek(window.value(), 0), WEEK);
  }

  boolean overlap(WeekMinutes other) {
    return covered.intersects(other.covered);
  }

  private void cover(int start, int length) {
    for (int minute = start; minute < start + length; minute++) {
      covered.set(minute % WEEK);
    }
  }

  /// Reads `ddd:hh:mm`.
  private static int timeOfWeek(String text, int at) {
    return DAYS.indexOf(text.substring(at, at + 3)) * DAY + timeOfDay(text, at + 4);
  }

  /// Reads `hh:mm`.
  private static int timeOfDay(String text, int at) {
    int hours = Integer.parseInt(text.substring(at, at + 2));
    return hours * 60 + Integer.parseInt(text.substring(at + 3, at + 5));
  }
}
