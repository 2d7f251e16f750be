package dev.dbartifact.builder.changelog;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An element of a changelog that may name another file.
///
/// @param element such as `include` or `loadData`
/// @param attributes its plain values by name
/// @param line where it stands, counted from 1
record Mention(String element, Map<String, String> attributes, int line) {
  Mention {
    attributes = Map.copyOf(attributes);
  }

  /// In which encoding the file that it names is to be read: UTF-8 where it says none. One that
  /// depends on a property of the changelog is known only when it runs; until then any byte is
  /// text.
  ///
  /// @throws IllegalArgumentException if there is no such encoding
  Charset encoding() {
    var name = attributes.getOrDefault("encoding", "");
    if (name.contains("${")) {
      return StandardCharsets.ISO_8859_1;
    }
    return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
  }
}
