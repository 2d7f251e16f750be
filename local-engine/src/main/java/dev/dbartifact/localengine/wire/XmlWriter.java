package dev.dbartifact.localengine.wire;

import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/// Writes the SDK's own model classes as XML, by the wire names that their fields carry.
public final class XmlWriter {

  /// XML 1.0 has no way to write most control characters; AWS leaves them out too.
  private static final Pattern ILLEGAL =
      Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private XmlWriter() throws XMLStreamException {
    xml = FACTORY.createXMLStreamWriter(text);
  }

  /// What a document holds; writes through the writer that it is given.
  @FunctionalInterface
  public interface Content {
    void write(XmlWriter to) throws XMLStreamException;
  }

  /// A document with one root element in the given namespace.
  public static String document(String root, String namespace, Content content) {
    try {
      var writer = new XmlWriter();
      writer.xml.writeStartElement(root);
      writer.xml.writeDefaultNamespace(namespace);
      content.write(writer);
      writer.xml.writeEndElement();
      writer.xml.flush();
      return writer.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Could not write <" + root + ">: " + e.getMessage(), e);
    }
  }

  public void element(String name, Content content) throws XMLStreamException {
    xml.writeStartElement(name);
    content.write(this);
    xml.writeEndElement();
  }

  public void element(String name, String value) throws XMLStreamException {
    element(name, to -> to.xml.writeCharacters(legal(value)));
  }

  /// Every field that has a value, as elements.
  void fields(SdkPojo pojo) throws XMLStreamException {
    for (var field : pojo.sdkFields()) {
      var value = field.getValueOrDefault(pojo);
      if (isSet(value) && field.location() == MarshallLocation.PAYLOAD) {
        value(field.locationName(), field, value);
      }
    }
  }

  private static boolean isSet(Object value) {
    return value != null
        && !(value instanceof software.amazon.awssdk.core.util.SdkAutoConstructList<?>)
        && !(value instanceof software.amazon.awssdk.core.util.SdkAutoConstructMap<?, ?>);
  }

  private void value(String name, SdkField<?> field, Object value) throws XMLStreamException {
    switch (value) {
      case SdkPojo pojo -> element(name, to -> to.fields(pojo));
      case List<?> list -> list(name, field.getTrait(ListTrait.class), list);
      case Map<?, ?> map -> map(name, field.getTrait(MapTrait.class), map);
      case Instant instant -> element(name, DateTimeFormatter.ISO_INSTANT.format(instant));
      case SdkBytes bytes ->
          element(name, java.util.Base64.getEncoder().encodeToString(bytes.asByteArray()));
      default -> element(name, value.toString());
    }
  }

  private void list(String name, ListTrait trait, List<?> list) throws XMLStreamException {
    if (trait.isFlattened()) {
      items(name, trait, list);
    } else {
      var item = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
      element(name, to -> to.items(item, trait, list));
    }
  }

  private void items(String name, ListTrait trait, List<?> list) throws XMLStreamException {
    for (var item : list) {
      value(name, trait.memberFieldInfo(), item);
    }
  }

  private void map(String name, MapTrait trait, Map<?, ?> map) throws XMLStreamException {
    if (trait.isFlattened()) {
      entries(name, trait, map);
    } else {
      element(name, to -> to.entries("entry", trait, map));
    }
  }

  private void entries(String name, MapTrait trait, Map<?, ?> map) throws XMLStreamException {
    for (var entry : map.entrySet()) {
      element(
          name,
          to -> {
            to.element(trait.keyLocationName(), entry.getKey().toString());
            to.value(trait.valueLocationName(), trait.valueFieldInfo(), entry.getValue());
          });
    }
  }

  private static String legal(String value) {
    return ILLEGAL.matcher(value).replaceAll("");
  }
}
