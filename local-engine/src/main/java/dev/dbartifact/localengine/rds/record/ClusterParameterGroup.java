package dev.dbartifact.localengine.rds.record;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DBClusterParameterGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// A DB cluster parameter group with its tags, which its description does not show, and what was
/// set.
///
/// @param values by the names of parameters
public record ClusterParameterGroup(
    DBClusterParameterGroup settings, List<Tag> tags, Map<String, ParameterValue> values)
    implements ParameterGroup {

  public ClusterParameterGroup {
    tags = List.copyOf(tags);
    values = values == null ? Map.of() : Map.copyOf(values);
  }

  @Override
  public String name() {
    return settings.dbClusterParameterGroupName();
  }

  @Override
  public String family() {
    return settings.dbParameterGroupFamily();
  }

  public ClusterParameterGroup tagged(List<Tag> changed) {
    return new ClusterParameterGroup(settings, changed, values);
  }

  public ClusterParameterGroup holding(Map<String, ParameterValue> changed) {
    return new ClusterParameterGroup(settings, tags, changed);
  }
}
