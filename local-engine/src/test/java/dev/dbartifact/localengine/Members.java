package dev.dbartifact.localengine;

import java.io.StringReader;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// A structure in an answer as it stands on the wire: which members it has.
record Members(Element element) {

  /// The first of that name.
  static Members of(String answer, String element) throws Exception {
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(answer)));
    return new Members((Element) document.getElementsByTagName(element).item(0));
  }

  Set<String> names() {
    var names = new TreeSet<String>();
    for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      names.add(child.getNodeName());
    }
    return names;
  }

  Members child(String name) {
    for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(name)) {
        return new Members((Element) child);
      }
    }
    throw new AssertionError("no " + name);
  }

  /// All text in a member.
  String text(String name) {
    return child(name).element.getTextContent();
  }
}
