package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The version of the artifact format. A newer minor version only adds what older readers may
/// ignore; a newer major one cannot be read.
public record FormatVersion(int major, int minor) {
  public static final FormatVersion CURRENT = new FormatVersion(1, 0);

  private static final Pattern FORM = Pattern.compile("[0-9]{1,4}\\.[0-9]{1,4}");

  public static FormatVersion parse(String text) {
    String[] parts =
        Checks.matching(FORM, text, "a format version", "major.minor, such as " + CURRENT)
            .split("\\.");
    return new FormatVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  /// Whether a reader of this version must refuse a document of `other`.
  boolean mustRefuse(FormatVersion other) {
    return other.major != major;
  }

  /// Whether a document of `other` may hold fields that a reader of this version does not know.
  boolean mayLackFieldsOf(FormatVersion other) {
    return other.minor > minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
