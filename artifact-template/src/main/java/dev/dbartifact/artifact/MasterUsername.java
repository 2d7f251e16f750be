package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The master user: 1 to 16 letters, digits or underscores, a letter first (CreateDBCluster,
/// MasterUsername).
public record MasterUsername(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,15}");

  public MasterUsername {
    Checks.matching(
        FORM,
        value,
        "a master user name",
        "a letter, then at most 15 letters, digits or underscores");
  }

  @Override
  public String toString() {
    return value;
  }
}
