package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbartifact.localengine.ApiModel.Items;
import dev.dbartifact.localengine.ApiModel.Shape;
import dev.dbartifact.localengine.ApiModel.Structure;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// The document of a REST-XML request, whose members can be left out and put in.
final class XmlBody {

  private XmlBody() {}

  static String without(String body, String member) {
    var root = parsed(body).getDocumentElement();
    ModelAnswer.children(root).stream()
        .filter(each -> each.getTagName().equals(member))
        .forEach(root::removeChild);
    return written(root);
  }

  static String with(String body, String member, JsonNode value, Shape shape) {
    var root = parsed(body).getDocumentElement();
    put(root, member, value, shape);
    return written(root);
  }

  private static void put(Element into, String name, JsonNode value, Shape shape) {
    var element = into.getOwnerDocument().createElementNS(into.getNamespaceURI(), name);
    into.appendChild(element);
    switch (shape) {
      case Structure structure ->
          value
              .properties()
              .forEach(each ->
                  put(
                      element,
                      each.getKey(),
                      each.getValue(),
                      structure.members().get(each.getKey())));
      case Items list -> value.forEach(item -> put(element, list.item(), item, list.of()));
      default -> element.setTextContent(value.asText());
    }
  }

  private static Document parsed(String body) {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(body)));
    } catch (Exception e) {
      throw new AssertionError("Not XML: " + body, e);
    }
  }

  private static String written(Element root) {
    try {
      var transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      var text = new StringWriter();
      transformer.transform(new DOMSource(root), new StreamResult(text));
      return text.toString();
    } catch (Exception e) {
      throw new AssertionError("Could not write XML", e);
    }
  }
}
