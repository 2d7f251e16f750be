package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import java.util.Set;

/// What ModifyDBInstance is asked for, always at once.
///
/// @param fields the settings to send
/// @param to where their values are taken from
public record ModifyInstance(
    ClusterId cluster, ClusterId instance, Set<SettingField> fields, ClusterSettings to) {
  public ModifyInstance {
    fields = SettingField.ordered(fields);
    if (fields.stream().anyMatch(field -> field.scope() != SettingField.Scope.INSTANCE)) {
      throw new IllegalArgumentException("not settings of an instance: " + fields);
    }
  }
}
