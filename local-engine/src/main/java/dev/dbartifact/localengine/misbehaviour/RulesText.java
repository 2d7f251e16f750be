package dev.dbartifact.localengine.misbehaviour;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.stream.Collectors;

/// Says what is wrong with a text that was to hold rules, in the words of who wrote it.
final class RulesText {

  private RulesText() {}

  static String problem(JsonProcessingException e) {
    return switch (e) {
      case JsonMappingException wrapped
          when wrapped.getCause() instanceof JsonParseException broken ->
          problem(broken);
      case UnrecognizedPropertyException unknown -> unknown(unknown) + line(e);
      case JsonMappingException value ->
          "%s has a value of the wrong kind".formatted(path(value)) + line(e);
      default -> "Not JSON: " + e.getOriginalMessage() + line(e);
    };
  }

  private static String unknown(UnrecognizedPropertyException e) {
    Collection<String> known = e.getKnownPropertyIds().stream().map(String::valueOf).toList();
    return "%s is not known%s".formatted(path(e), NearMiss.hint(e.getPropertyName(), known));
  }

  /// Such as `rules[0].fault.code`.
  private static String path(JsonMappingException e) {
    var path =
        e.getPath().stream()
            .map(each ->
                each.getFieldName() == null
                    ? "[" + each.getIndex() + "]"
                    : "." + each.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "The whole text" : path.substring(1);
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
  }
}
