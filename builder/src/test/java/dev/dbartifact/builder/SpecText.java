package dev.dbartifact.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dbartifact.builder.spec.ArtifactSpec;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A specification as JSON, for the golden files: records become objects, values their text, and
/// what is absent is left out.
final class SpecText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SpecText() {}

  static String of(ArtifactSpec spec, Path folder) throws ReflectiveOperationException {
    return object(spec).toPrettyString().replace(folder.toString(), "FOLDER") + "\n";
  }

  private static JsonNode object(Record value) throws ReflectiveOperationException {
    var node = JSON.createObjectNode();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      component.getAccessor().setAccessible(true);
      var part = component.getAccessor().invoke(value);
      if (part instanceof Optional<?> optional) {
        part = optional.orElse(null);
      }
      if (part != null) {
        node.set(component.getName(), node(part));
      }
    }
    return node;
  }

  private static JsonNode node(Object part) throws ReflectiveOperationException {
    boolean isOurs = part instanceof Record && part.getClass().getSimpleName().endsWith("Spec");
    if (part instanceof dev.dbartifact.builder.spec.Wish.Exactly<?>(Record tags)
        && tags instanceof dev.dbartifact.artifact.Tags given) {
      return JSON.valueToTree((Map<String, String>) given.values());
    }
    return isOurs ? object((Record) part) : TextNode.valueOf(part.toString());
  }
}
