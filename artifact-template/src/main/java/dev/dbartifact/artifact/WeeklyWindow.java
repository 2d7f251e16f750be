package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// When maintenance may happen, `ddd:hh:mm-ddd:hh:mm` in UTC, days in lower case (CreateDBCluster,
/// PreferredMaintenanceWindow).
public record WeeklyWindow(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]");

  public WeeklyWindow {
    Checks.matching(
        FORM, value, "a weekly window", "ddd:hh:mm-ddd:hh:mm in UTC, such as sun:04:00-sun:04:30");
  }

  @Override
  public String toString() {
    return value;
  }
}
