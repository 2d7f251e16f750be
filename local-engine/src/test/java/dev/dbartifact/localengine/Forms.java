package dev.dbartifact.localengine;

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
