package dev.dbartifact.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// One JSON object being read: hands out checked values, and notes whatever is wrong under its JSON
/// path. Reading goes on after a problem, so that all of them are found.
final class JsonFields {
  private final JsonNode object;
  private final String path;
  private final Problems problems;
  private final Set<String> known = new HashSet<>();
  private final List<JsonFields> inner = new ArrayList<>();

  JsonFields(JsonNode object, String path, Problems problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    if (!object.isObject()) {
      problems.add(path, "must be an object, found " + shown(object));
    }
  }

  /// A text that must be there; null after a problem.
  <T> T required(String name, Function<String, T> type) {
    if (value(name).isEmpty()) {
      problems.add(path(name), "is missing");
    }
    return optional(name, type).orElse(null);
  }

  <T> Optional<T> optional(String name, Function<String, T> type) {
    return value(name).flatMap(node -> text(path(name), node, type));
  }

  Optional<Boolean> optionalBoolean(String name) {
    return value(name)
        .filter(node -> is(node.isBoolean(), name, node, "true or false"))
        .map(JsonNode::booleanValue);
  }

  Optional<Integer> optionalInt(String name) {
    return value(name)
        .filter(node -> is(node.isInt(), name, node, "a whole number"))
        .map(JsonNode::intValue);
  }

  int requiredInt(String name) {
    if (value(name).isEmpty()) {
      problems.add(path(name), "is missing");
    }
    return optionalInt(name).orElse(0);
  }

  /// A list of texts; absent and malformed entries are left out.
  <T> Optional<List<T>> optionalList(String name, Function<String, T> type) {
    return value(name)
        .filter(node -> is(node.isArray(), name, node, "a list"))
        .map(node -> list(name, node, type));
  }

  private <T> List<T> list(String name, JsonNode array, Function<String, T> type) {
    var values = new ArrayList<T>();
    for (int i = 0; i < array.size(); i++) {
      text(path(name) + "[" + i + "]", array.get(i), type).ifPresent(values::add);
    }
    return values;
  }

  Map<String, String> map(String name) {
    var entries = new TreeMap<String, String>();
    value(name)
        .filter(node -> is(node.isObject(), name, node, "an object"))
        .ifPresent(node ->
            node.properties()
                .forEach(entry ->
                    text(path(name) + "." + entry.getKey(), entry.getValue(), Function.identity())
                        .ifPresent(text -> entries.put(entry.getKey(), text))));
    return entries;
  }

  /// An object that must be there.
  JsonFields object(String name) {
    return inner(name, value(name).orElse(MissingNode.getInstance()));
  }

  Optional<JsonFields> optionalObject(String name) {
    return value(name).map(node -> inner(name, node));
  }

  private JsonFields inner(String name, JsonNode node) {
    var fields = new JsonFields(node, path(name), problems);
    inner.add(fields);
    return fields;
  }

  /// Makes a value of several fields; a refusal is a problem of this object, and null comes back.
  /// Not tried when something was wrong already, since a field may then be null.
  <T> T make(Supplier<T> constructor) {
    if (!problems.isEmpty()) {
      return null;
    }
    try {
      return constructor.get();
    } catch (IllegalArgumentException refused) {
      problems.add(path, refused.getMessage());
      return null;
    }
  }

  /// Notes every field that nobody asked for, here and further in.
  void refuseUnknown() {
    inner.forEach(JsonFields::refuseUnknown);
    object
        .fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            problems.add(path(name), "is not a field of this format");
          }
        });
  }

  private Optional<JsonNode> value(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private <T> Optional<T> text(String where, JsonNode node, Function<String, T> type) {
    if (!node.isTextual()) {
      problems.add(where, "must be a text, found " + shown(node));
      return Optional.empty();
    }
    return problems.parse(where, node.textValue(), type);
  }

  private boolean is(boolean expected, String name, JsonNode node, String accepted) {
    if (!expected) {
      problems.add(path(name), "must be " + accepted + ", found " + shown(node));
    }
    return expected;
  }

  private String path(String name) {
    return path + "." + name;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
