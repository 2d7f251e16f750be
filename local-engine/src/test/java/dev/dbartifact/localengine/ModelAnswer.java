package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbartifact.localengine.ApiModel.Entries;
import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Scalar;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// Compares an answer's document with the shape that the model gives it: names of members and of
/// list items, members that are always there, and the forms of values.
final class ModelAnswer {

  private final List<String> problems = new ArrayList<>();

  private ModelAnswer() {}

  static Element parse(String xml) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError("Not XML: " + xml, e);
    }
  }

  static List<Element> children(Element element) {
    var nodes = element.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast)
        .toList();
  }

  /// What in an element is not as the shape says; nothing is as it should be.
  static List<String> problems(Element element, Shape shape) {
    var answer = new ModelAnswer();
    answer.check(element, shape, element.getTagName());
    return answer.problems;
  }

  static List<String> problems(JsonNode node, Shape shape) {
    var answer = new ModelAnswer();
    answer.check(node, shape, "");
    return answer.problems;
  }

  private void check(Element element, Shape shape, String path) {
    switch (shape) {
      case Structure structure -> checkMembers(element, structure, path);
      case Items list when list.item() == null -> check(element, list.of(), path);
      case Items list -> {
        for (var child : children(element)) {
          if (!child.getTagName().equals(list.item())) {
            problems.add(path + ": an item is called " + child.getTagName());
          }
          check(child, list.of(), path + "/" + child.getTagName());
        }
      }
      case Entries _ -> {}
      case Scalar scalar -> checkScalar(element, scalar, path);
    }
  }

  private void checkMembers(Element element, Structure structure, String path) {
    var members = structure.members();
    for (var child : children(element)) {
      var member = members.get(child.getTagName());
      if (member == null) {
        problems.add("%s: %s has no %s".formatted(path, structure.name(), child.getTagName()));
      } else {
        check(child, member, path + "/" + child.getTagName());
      }
    }
    var given = children(element).stream().map(Element::getTagName).collect(Collectors.toSet());
    checkRequired(structure, given, path);
  }

  /// A list without a name of its own says nothing where it is empty.
  private void checkRequired(Structure structure, Set<String> given, String path) {
    var members = structure.members();
    for (var required : structure.required()) {
      var nameless = members.get(required) instanceof Items list && list.item() == null;
      if (!given.contains(required) && !nameless) {
        problems.add("%s: %s lacks %s".formatted(path, structure.name(), required));
      }
    }
  }

  private void checkScalar(Element element, Scalar scalar, String path) {
    if (!children(element).isEmpty()) {
      problems.add(path + ": has members where the model has a " + scalar.type());
    } else if (!element.getTextContent().matches(form(scalar.type()))) {
      problems.add(path + ": no " + scalar.type() + ": " + element.getTextContent());
    }
  }

  private static String form(String type) {
    return switch (type) {
      case "integer", "long" -> "-?[0-9]+";
      case "boolean" -> "true|false";
      case "double", "float" -> "-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?";
      case "timestamp" -> "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\\.[0-9]+)?Z";
      default -> "(?s).*";
    };
  }

  private void check(JsonNode node, Shape shape, String path) {
    switch (shape) {
      case Structure structure -> {
        var members = structure.members();
        for (var child : node.properties()) {
          var member = members.get(child.getKey());
          if (member == null) {
            problems.add("%s: %s has no %s".formatted(path, structure.name(), child.getKey()));
          } else {
            check(child.getValue(), member, path + "/" + child.getKey());
          }
        }
        var given = node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        checkRequired(structure, given, path);
      }
      case Items list -> node.elements().forEachRemaining(item -> check(item, list.of(), path));
      case Entries _ -> {}
      case Scalar scalar -> {
        var is =
            switch (scalar.type()) {
              case "integer", "long" -> node.isIntegralNumber();
              case "timestamp", "double", "float" -> node.isNumber();
              case "boolean" -> node.isBoolean();
              default -> node.isTextual() || scalar.type().equals("null");
            };
        if (!is) {
          problems.add(path + ": no " + scalar.type() + ": " + node);
        }
      }
    }
  }
}
