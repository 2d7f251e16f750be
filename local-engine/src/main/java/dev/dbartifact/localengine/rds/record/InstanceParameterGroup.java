package dev.dbartifact.localengine.rds.record;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DBParameterGroup;
import software.amazon.awssdk.services.rds.model.Tag;

/// A DB parameter group with its tags, which its description does not show, and what was set.
///
/// @param values by the names of parameters
public record InstanceParameterGroup(
    DBParameterGroup settings, List<Tag> tags, Map<String, ParameterValue> values)
    implements ParameterGroup {

  public InstanceParameterGroup {
    tags = List.copyOf(tags);
    values = values == null ? Map.of() : Map.copyOf(values);
  }

  @Override
  public String name() {
    return settings.dbParameterGroupName();
  }

  @Override
  public String family() {
    return settings.dbParameterGroupFamily();
  }

  public InstanceParameterGroup tagged(List<Tag> changed) {
    return new InstanceParameterGroup(settings, changed, values);
  }

  public InstanceParameterGroup holding(Map<String, ParameterValue> changed) {
    return new InstanceParameterGroup(settings, tags, changed);
  }
}
