package dev.dbartifact.builder.changelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an XML changelog. No DTD and no external entity is ever followed.
final class XmlMentions {
  private static final String ROOT = "databaseChangeLog";

  private XmlMentions() {}

  static List<Mention> of(Path file) throws IOException, MalformedChangelogException {
    try (var content = Files.newInputStream(file)) {
      return elements(factory().createXMLStreamReader(content));
    } catch (XMLStreamException malformed) {
      throw new MalformedChangelogException(
          malformed.getLocation().getLineNumber(),
          "is not well-formed XML: " + reason(malformed.getMessage()));
    }
  }

  private static List<Mention> elements(XMLStreamReader reader)
      throws XMLStreamException, MalformedChangelogException {
    var mentions = new ArrayList<Mention>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamReader.START_ELEMENT) {
        var mention = mention(reader);
        if (mentions.isEmpty() && !mention.element().equals(ROOT)) {
          throw new MalformedChangelogException(
              mention.line(),
              "is no changelog: its root is <%s>, not <%s>".formatted(mention.element(), ROOT));
        }
        mentions.add(mention);
      }
    }
    return mentions;
  }

  private static Mention mention(XMLStreamReader reader) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    return new Mention(reader.getLocalName(), attributes, reader.getLocation().getLineNumber());
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /// The parser's message is "ParseError at [row,col]:[…]", a line end, and "Message: " before the
  /// reason; the place is told in our own way.
  private static String reason(String message) {
    int reason = message.indexOf("Message: ");
    return reason < 0 ? message : message.substring(reason + "Message: ".length());
  }
}
