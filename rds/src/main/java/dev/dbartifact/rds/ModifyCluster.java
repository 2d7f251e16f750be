package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import java.util.List;
import java.util.Set;

/// What ModifyDBCluster is asked for, the password apart, always at once.
///
/// @param fields the settings to send
/// @param to where their values are taken from
/// @param logExportsNow the logs that are exported now, since the call takes a difference of them
public record ModifyCluster(
    ClusterId cluster, Set<SettingField> fields, ClusterSettings to, List<String> logExportsNow) {
  public ModifyCluster {
    fields = SettingField.ordered(fields);
    if (fields.stream().anyMatch(field -> field.scope() != SettingField.Scope.CLUSTER)) {
      throw new IllegalArgumentException("not settings of a cluster: " + fields);
    }
  }
}
