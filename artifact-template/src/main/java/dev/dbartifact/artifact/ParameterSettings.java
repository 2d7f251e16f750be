package dev.dbartifact.artifact;

import java.util.Locale;
import java.util.Optional;

/// The parameter groups of a cluster and of its instances, by name. An absent value means "no wish"
/// in a target. RDS keeps such names in lower case, and so does this type: a capital would differ
/// from what is there for ever.
public record ParameterSettings(Optional<String> clusterGroup, Optional<String> instanceGroup) {
  public ParameterSettings {
    clusterGroup = clusterGroup.map(ParameterSettings::kept);
    instanceGroup = instanceGroup.map(ParameterSettings::kept);
  }

  private static String kept(String group) {
    return group.toLowerCase(Locale.ROOT);
  }
}
