package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The name of the first database; the rules are those of CreateDBCluster for PostgreSQL.
public record DatabaseName(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");

  public DatabaseName {
    Checks.matching(
        FORM, value, "a database name", "a letter, then at most 62 letters, digits or underscores");
  }

  @Override
  public String toString() {
    return value;
  }
}
