package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.wire.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The parameters of an EC2 request: like those of the Query protocol, with lists that have no name
/// of their own for their items.
///
/// See `aws.protocols#ec2Query` in the Smithy specification.
final class Form {

  private final Parameters parameters;

  Form(Parameters parameters) {
    this.parameters = parameters;
  }

  /// Takes a value out, so that what is left was not understood.
  Optional<String> text(String name) {
    return parameters.take(name).filter(text -> !text.isEmpty());
  }

  /// As [#text], of a value that may be empty.
  Optional<String> given(String name) {
    return parameters.take(name);
  }

  /// `Name.X=a&Name.Y=b`.
  Form part(String name) {
    var part = parameters.parts().remove(name);
    if (part == null) {
      throw missing(name);
    }
    return new Form(part);
  }

  String required(String name) {
    return text(name).orElseThrow(() -> missing(name));
  }

  /// @throws RuntimeException a fault when one of these stands beside `other`
  void requireNone(String other, String... names) {
    for (var name : names) {
      if (parameters.parts().containsKey(name)) {
        throw Ec2Fault.of(
            "InvalidParameterCombination",
            "The parameter %s cannot be used with the parameter %s",
            said(name),
            said(other));
      }
    }
  }

  /// As EC2's messages have it: groupName.
  private static String said(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static RuntimeException missing(String name) {
    return Ec2Fault.of("MissingParameter", "The request must contain the parameter %s", name);
  }

  Integer number(String name) {
    return text(name).map(text -> number(name, text)).orElse(null);
  }

  private static Integer number(String name, String text) {
    if (!text.matches("-?[0-9]{1,9}")) {
      throw Ec2Fault.of(
          "InvalidParameterValue", "Invalid value '%s' for %s. It is not a number.", text, name);
    }
    return Integer.valueOf(text);
  }

  /// `Name.1=a&Name.2=b`.
  List<String> texts(String name) {
    return items(name).stream()
        .map(item -> item.parameters.value().orElse(""))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /// `Name.1.X=a&Name.2.X=b`.
  List<Form> items(String name) {
    var list = parameters.parts().remove(name);
    if (list == null) {
      return List.of();
    }
    var items = new TreeMap<Integer, Form>();
    list.parts().forEach((key, item) -> items.put(number(item.path(), key), new Form(item)));
    return new ArrayList<>(items.values());
  }

  /// `Filter.1.Name=a&Filter.1.Value.1=b`.
  Map<String, List<String>> filters() {
    var filters = new LinkedHashMap<String, List<String>>();
    for (var filter : items("Filter")) {
      filters.put(filter.required("Name"), filter.texts("Value"));
      filter.requireEmpty();
    }
    return filters;
  }

  void requireEmpty() {
    if (!parameters.parts().isEmpty()) {
      throw Ec2Fault.of(
          "UnknownParameter",
          "The parameter %s is not recognized",
          parameters.parts().values().iterator().next().path());
    }
  }
}
