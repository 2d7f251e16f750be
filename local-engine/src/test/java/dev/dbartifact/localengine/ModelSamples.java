package dev.dbartifact.localengine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.dbartifact.localengine.ApiModel.Entries;
import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Scalar;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// What is sent for the members of requests, as a file of `model` has it.
final class ModelSamples {

  private static final Path MODEL = Path.of("src/test/resources/model");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Properties samples;

  /// @param file such as `samples.properties`
  ModelSamples(String file) {
    samples = properties(file);
  }

  /// The parameters for a member of the request of an action of RDS.
  ///
  /// @param name of the case
  Map<String, String> of(String name, String member, Shape shape) {
    return tree(List.of(name, ModelCases.action(name)), member, shape)
        .map(sample -> Forms.parameters(member, sample, shape))
        .orElseGet(Map::of);
  }

  /// What is sent for a member, as a tree with the names on the wire; nothing where the file has
  /// `(none)`.
  ///
  /// @param scopes what a name in the file may begin with, the narrowest first
  /// @param path of the member, without the names of list items
  Optional<JsonNode> tree(List<String> scopes, String path, Shape shape) {
    var text = named(scopes, path).filter(each -> each.startsWith("{") || each.startsWith("["));
    if (text.isPresent() && !(shape instanceof Scalar)) {
      return text.map(ModelSamples::parsed);
    }
    return switch (shape) {
      case Structure structure -> {
        var members = NODES.objectNode();
        structure
            .members()
            .forEach((name, each) ->
                tree(scopes, path + "." + name, each).ifPresent(node -> members.set(name, node)));
        yield Optional.of(members);
      }
      case Items list -> tree(scopes, path, list.of()).map(item -> NODES.arrayNode().add(item));
      case Entries _ -> Optional.empty();
      case Scalar scalar -> scalar(scopes, path, scalar.type());
    };
  }

  private Optional<JsonNode> scalar(List<String> scopes, String path, String type) {
    var text =
        named(scopes, path)
            .or(() -> Optional.ofNullable(samples.getProperty(type)))
            .orElseThrow(() -> new AssertionError("no sample of a " + type));
    return text.equals("(none)")
        ? Optional.empty()
        : Optional.of(
            switch (type) {
              case "boolean" -> NODES.booleanNode(Boolean.parseBoolean(text));
              case "integer", "long" -> NODES.numberNode(Long.parseLong(text));
              default -> NODES.textNode(text);
            });
  }

  private Optional<String> named(List<String> scopes, String path) {
    return Stream.concat(scopes.stream().map(scope -> scope + "." + path), Stream.of(path))
        .map(samples::getProperty)
        .filter(text -> text != null)
        .findFirst();
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /// One of the files of `model`.
  static Properties properties(String name) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(MODEL.resolve(name))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return properties;
  }
}
