package dev.dbartifact.artifact;

import java.util.Locale;
import java.util.regex.Pattern;

/// The identifier of a DB cluster or instance: 1 to 63 letters, digits and hyphens, a letter first,
/// no hyphen last, no two in a row (CreateDBCluster, DBClusterIdentifier). RDS keeps identifiers in
/// lower case, and so does this type.
public record ClusterId(String value) {
  /// The most characters that RDS accepts.
  public static final int MAX_LENGTH = 63;

  private static final Pattern FORM = Pattern.compile("[a-z](-?[a-z0-9])*");

  public ClusterId {
    value = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    Checks.matching(
        FORM,
        value,
        "a cluster identifier",
        "a letter, then letters, digits and single hyphens, no hyphen at the end");
    Checks.within(1, value.length(), MAX_LENGTH, "the length of a cluster identifier");
  }

  @Override
  public String toString() {
    return value;
  }
}
