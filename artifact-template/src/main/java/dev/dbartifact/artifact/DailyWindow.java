package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// When daily backups are taken, `hh:mm-hh:mm` in UTC (CreateDBCluster, PreferredBackupWindow).
public record DailyWindow(String value) {
  private static final Pattern FORM =
      Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]");

  public DailyWindow {
    Checks.matching(FORM, value, "a daily window", "hh:mm-hh:mm in UTC, such as 03:00-03:30");
  }

  @Override
  public String toString() {
    return value;
  }
}
