package dev.dbartifact.builder.changelog;

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
}
