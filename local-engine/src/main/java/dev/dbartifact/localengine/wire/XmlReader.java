package dev.dbartifact.localengine.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/// Reads the body of a REST-XML request into the SDK's own request classes.
///
/// See `aws.protocols#restXml` in the Smithy specification.
final class XmlReader {

  private XmlReader() {}

  /// Sets the fields of the body.
  ///
  /// @param root the name that the root element must have
  /// @param namespace the one that it must be in
  static void read(SdkPojo builder, byte[] body, String root, String namespace) {
    var element = parse(body);
    if (!element.getLocalName().equals(root) || !namespace.equals(element.getNamespaceURI())) {
      throw invalid(
          "the document must be <%s xmlns=\"%s\">, not <%s>"
              .formatted(root, namespace, element.getLocalName()));
    }
    fields(builder, element);
  }

  private static Element parse(byte[] body) {
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
    } catch (SAXException e) {
      throw invalid(e.getMessage());
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("Could not read XML from memory", e);
    }
  }

  /// The parser's own handler prints.
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }

  private static void fields(SdkPojo builder, Element element) {
    var flattened = new LinkedHashMap<SdkField<?>, List<Object>>();
    for (var child : children(element)) {
      var field = field(builder, child);
      var list = field.getOptionalTrait(ListTrait.class).filter(ListTrait::isFlattened);
      if (list.isPresent()) {
        flattened
            .computeIfAbsent(field, any -> new ArrayList<>())
            .add(value(list.get().memberFieldInfo(), child));
      } else {
        field.set(builder, value(field, child));
      }
    }
    flattened.forEach((field, list) -> field.set(builder, list));
  }

  private static SdkField<?> field(SdkPojo builder, Element child) {
    return builder.sdkFields().stream()
        .filter(field -> field.location() == MarshallLocation.PAYLOAD)
        .filter(field -> field.locationName().equals(child.getLocalName()))
        .findFirst()
        .orElseThrow(() -> unexpected(child));
  }

  private static Object value(SdkField<?> field, Element element) {
    return switch (field.marshallingType().getKnownType()) {
      case SDK_POJO -> {
        var builder = field.constructor().get();
        fields(builder, element);
        yield ((Buildable) builder).build();
      }
      case LIST -> list(field.getTrait(ListTrait.class), element);
      case MAP -> map(field.getTrait(MapTrait.class), element);
      default -> Scalars.read(field, text(element), element.getLocalName());
    };
  }

  private static List<Object> list(ListTrait trait, Element element) {
    var name = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
    var items = new ArrayList<>();
    for (var child : children(element)) {
      if (!child.getLocalName().equals(name)) {
        throw unexpected(child);
      }
      items.add(value(trait.memberFieldInfo(), child));
    }
    return items;
  }

  private static Map<String, Object> map(MapTrait trait, Element element) {
    var entries = new LinkedHashMap<String, Object>();
    for (var entry : children(element)) {
      var parts = children(entry);
      if (parts.size() != 2
          || !parts.get(0).getLocalName().equals(trait.keyLocationName())
          || !parts.get(1).getLocalName().equals(trait.valueLocationName())) {
        throw unexpected(entry);
      }
      entries.put(text(parts.get(0)), value(trait.valueFieldInfo(), parts.get(1)));
    }
    return entries;
  }

  private static List<Element> children(Element element) {
    var children = new ArrayList<Element>();
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      } else if (node.getNodeType() == Node.TEXT_NODE && !node.getTextContent().isBlank()) {
        throw invalid("unexpected text in <%s>".formatted(element.getLocalName()));
      }
    }
    return children;
  }

  private static String text(Element element) {
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        throw unexpected(child);
      }
    }
    return element.getTextContent();
  }

  private static RuntimeException unexpected(Element child) {
    return invalid(
        "unexpected <%s> in <%s>"
            .formatted(child.getLocalName(), child.getParentNode().getLocalName()));
  }

  private static RuntimeException invalid(String why) {
    return ProtocolFault.VALIDATION_ERROR.with("Invalid XML ; " + why);
  }
}
