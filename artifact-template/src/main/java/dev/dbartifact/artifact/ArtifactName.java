package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// What an artifact is called; also the value of the tag by which its clusters are known.
public record ArtifactName(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");

  public ArtifactName {
    Checks.matching(
        FORM,
        value,
        "an artifact name",
        "at most 63 lower-case letters, digits, dots, dashes or underscores");
  }

  @Override
  public String toString() {
    return value;
  }
}
