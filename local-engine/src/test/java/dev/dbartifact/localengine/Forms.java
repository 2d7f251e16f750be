package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Requests as they stand on the wire, and their parameters.
final class Forms {

  private Forms() {}

  static Map<String, String> parameters(String form) {
    var parameters = new LinkedHashMap<String, String>();
    Arrays.stream(form.split("&"))
        .map(pair -> pair.split("=", 2))
        .forEach(
            pair -> parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    return parameters;
  }

  /// The parameters of one member, by its shape: `Tags.Tag.1.Key`.
  static Map<String, String> parameters(String path, JsonNode value, Shape shape) {
    var parameters = new LinkedHashMap<String, String>();
    switch (shape) {
      case Structure structure ->
          value
              .properties()
              .forEach(each ->
                  parameters.putAll(
                      parameters(
                          path + "." + each.getKey(),
                          each.getValue(),
                          structure.members().get(each.getKey()))));
      case Items list -> {
        var items = list.item() == null ? path : path + "." + list.item();
        for (var at = 0; at < value.size(); at++) {
          parameters.putAll(parameters(items + "." + (at + 1), value.get(at), list.of()));
        }
      }
      default -> parameters.put(path, value.asText());
    }
    return parameters;
  }

  /// The parameters of one member of a request to EC2, whose lists have no name for their items:
  /// `Tag.1.Key`.
  static Map<String, String> parameters(String path, JsonNode value) {
    var parameters = new LinkedHashMap<String, String>();
    if (value.isArray()) {
      for (var at = 0; at < value.size(); at++) {
        parameters.putAll(parameters(path + "." + (at + 1), value.get(at)));
      }
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              each -> parameters.putAll(parameters(path + "." + each.getKey(), each.getValue())));
    } else {
      parameters.put(path, value.asText());
    }
    return parameters;
  }

  static Map<String, String> without(Map<String, String> parameters, String member) {
    parameters.keySet().removeIf(name -> name.equals(member) || name.startsWith(member + "."));
    return parameters;
  }

  static String of(Map<String, String> parameters) {
    var pairs = new ArrayList<String>();
    parameters.forEach(
        (name, value) -> pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return String.join("&", pairs);
  }
}
