package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.Tags;
import java.util.Optional;
import java.util.regex.Pattern;

/// Says that a cluster has converged to a fingerprint. It names its cluster, so that a tag that was
/// copied from elsewhere never passes for ours.
public record Seal(ClusterId cluster, Digest fingerprint) {
  private static final Pattern FORM = Pattern.compile("([a-z0-9-]+)/(sha256:[0-9a-f]{64})");

  /// The seal among `tags`, if it is there and readable.
  public static Optional<Seal> in(Tags tags) {
    return Optional.ofNullable(tags.values().get(OwnTags.SEAL))
        .map(FORM::matcher)
        .filter(seal -> seal.matches())
        .map(seal -> new Seal(new ClusterId(seal.group(1)), new Digest(seal.group(2))));
  }

  /// The value of the tag.
  @Override
  public String toString() {
    return cluster + "/" + fingerprint;
  }
}
