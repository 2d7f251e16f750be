package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What AWS says of the operations of one service, as an extract of botocore's model; made by
/// `scripts/extract-api-model`. It comes from neither the SDK for Java nor this project.
public final class ApiModel {

  private static final Path EXTRACTS = Path.of("src/test/resources/model");

  private static final Map<String, ApiModel> READ = new ConcurrentHashMap<>();

  private final JsonNode document;

  private ApiModel(JsonNode document) {
    this.document = document;
  }

  public static ApiModel of(String service) {
    return READ.computeIfAbsent(service, ApiModel::read);
  }

  private static ApiModel read(String service) {
    try {
      return new ApiModel(
          new ObjectMapper().readTree(Files.readString(EXTRACTS.resolve(service + ".json"))));
    } catch (IOException e) {
      throw new AssertionError(service + " has no extract; run scripts/extract-api-model", e);
    }
  }

  /// The input and output of an operation, its faults with their HTTP statuses by their codes, and
  /// method and path of its requests.
  public record Operation(Shape input, Shape output, Map<String, Integer> faults, String http) {}

  public Optional<Operation> operation(String name) {
    return Optional.ofNullable(document.get("operations").get(name)).map(this::read);
  }

  public List<String> operations() {
    return stream(document.get("operations").fieldNames()).toList();
  }

  private Operation read(JsonNode node) {
    var faults = new TreeMap<String, Integer>();
    stream(node.get("faults").properties().iterator())
        .forEach(fault -> faults.put(fault.getKey(), fault.getValue().intValue()));
    return new Operation(
        shape(node.get("input").asText()),
        shape(node.get("output").asText()),
        faults,
        node.get("http").asText());
  }

  private Shape shape(String name) {
    var node = document.get("shapes").get(name);
    if (node == null) {
      return new Scalar(name);
    }
    if (node.has("list")) {
      return new Items(node.get("item").isNull() ? null : node.get("item").asText(), this, node);
    }
    return node.has("map") ? new Entries() : new Structure(name, this, node);
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, 0), false);
  }

  /// Read as far as it is asked, for structures contain themselves.
  public sealed interface Shape {}

  /// @param type such as `string`, `integer`, `boolean` and `timestamp`; `null` for nothing at all
  public record Scalar(String type) implements Shape {}

  /// A map.
  public record Entries() implements Shape {}

  /// A list.
  ///
  /// @param item what its items are called on the wire, null if they stand without a list
  public record Items(String item, ApiModel model, JsonNode node) implements Shape {
    Shape of() {
      return model.shape(node.get("list").asText());
    }
  }

  public record Structure(String name, ApiModel model, JsonNode node) implements Shape {
    /// By their names on the wire.
    Map<String, Shape> members() {
      var members = new LinkedHashMap<String, Shape>();
      stream(node.get("members").properties().iterator())
          .forEach(member -> members.put(member.getKey(), model.shape(member.getValue().asText())));
      return members;
    }

    List<String> required() {
      return node.has("required")
          ? stream(node.get("required").elements()).map(JsonNode::asText).toList()
          : List.of();
    }
  }
}
