package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// An engine version as RDS writes it, such as `16.4` or `8.0.mysql_aurora.3.08.0`.
public record EngineVersion(String value) {
  private static final Pattern FORM = Pattern.compile("[0-9][0-9A-Za-z._-]{0,62}");

  public EngineVersion {
    Checks.matching(FORM, value, "an engine version", "such as 16.4 or 8.0.mysql_aurora.3.08.0");
  }

  @Override
  public String toString() {
    return value;
  }
}
