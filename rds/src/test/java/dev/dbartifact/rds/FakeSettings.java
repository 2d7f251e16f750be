package dev.dbartifact.rds;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SettingsJson;
import dev.dbartifact.artifact.Tags;
import java.util.Map;

/// Sets one value of settings by way of their JSON form, which has a path for each.
public final class FakeSettings {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FakeSettings() {}

  /// `settings` with the value that `from` has for a field.
  public static ClusterSettings set(
      ClusterSettings settings, SettingField field, ClusterSettings from) {
    ObjectNode to = json(settings);
    String[] path = field.toString().split("\\.");
    var value = json(from).path(path[0]).path(path[1]);
    if (value.isMissingNode()) {
      to.withObject("/" + path[0]).remove(path[1]);
    } else {
      to.withObject("/" + path[0]).set(path[1], value);
    }
    return read(to);
  }

  /// `settings` with more tags.
  public static ClusterSettings withTags(ClusterSettings settings, Map<String, String> tags) {
    return tagged(settings, Tags.of(tags));
  }

  static ClusterSettings tagged(ClusterSettings settings, Tags tags) {
    ObjectNode to = json(settings);
    tags.values().forEach(to.withObject("/tags")::put);
    return read(to);
  }

  private static ObjectNode json(ClusterSettings settings) {
    ObjectNode node = MAPPER.createObjectNode();
    SettingsJson.writeSettings(settings, node);
    return node;
  }

  private static ClusterSettings read(ObjectNode node) {
    try {
      var problems = new Problems();
      ClusterSettings settings = SettingsJson.readSettings(node, "$", problems);
      problems.throwIfAny("Could not set a field");
      return settings;
    } catch (InvalidInputException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
