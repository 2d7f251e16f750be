package dev.dbartifact.localengine.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of a Query request as the tree that their dotted names describe:
/// `Tags.Tag.1.Key=a` is the value `a` at Tags / Tag / 1 / Key.
public final class Parameters {

  private final String path;
  private final Map<String, Parameters> parts = new TreeMap<>();
  private String value;

  private Parameters(String path) {
    this.path = path;
  }

  /// Reads a body of type `application/x-www-form-urlencoded`.
  public static Parameters parse(String form) {
    var root = new Parameters("");
    for (var pair : form.split("&")) {
      if (!pair.isEmpty()) {
        var equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        root.at(decode(name)).set(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return root;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProtocolFault.MALFORMED_QUERY_STRING.with(
          "The request body is not a valid form: " + e.getMessage());
    }
  }

  private Parameters at(String name) {
    if (name.isEmpty() || name.length() > 1000) {
      throw ProtocolFault.MALFORMED_QUERY_STRING.with("A parameter has no name, or a huge one");
    }
    var node = this;
    for (var part : name.split("\\.", -1)) {
      var below = node.path.isEmpty() ? part : node.path + "." + part;
      node = node.parts.computeIfAbsent(part, any -> new Parameters(below));
    }
    return node;
  }

  private void set(String newValue) {
    if (value != null) {
      throw ProtocolFault.VALIDATION_ERROR.with("Parameter " + path + " is given more than once");
    }
    value = newValue;
  }

  /// Takes a parameter out, so that what is left are the fields of the request.
  public Optional<String> take(String name) {
    return Optional.ofNullable(parts.remove(name)).flatMap(Parameters::value);
  }

  /// The dotted name that leads here.
  public String path() {
    return path;
  }

  public Optional<String> value() {
    return Optional.ofNullable(value);
  }

  public Map<String, Parameters> parts() {
    return parts;
  }
}
