package dev.dbartifact.builder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// An image in the layout of `docker save`, unpacked.
///
/// @param config its configuration
/// @param headers the tar header of everything in its layers, by name
/// @param texts the content of every file
record ImageContent(
    JsonNode config, SortedMap<String, TarArchiveEntry> headers, SortedMap<String, String> texts) {
  static ImageContent of(Path tar) throws IOException {
    var outer = new TreeMap<String, byte[]>();
    try (var entries = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        outer.put(entry.getName(), entries.readAllBytes());
      }
    }
    var json = JsonMapper.builder().build();
    var manifest = json.readTree(outer.get("manifest.json")).get(0);
    var content =
        new ImageContent(
            json.readTree(outer.get(manifest.get("Config").asText())),
            new TreeMap<>(),
            new TreeMap<>());
    for (var layer : manifest.get("Layers")) {
      content.add(outer.get(layer.asText()));
    }
    return content;
  }

  private void add(byte[] layer) throws IOException {
    try (var entries =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(layer)))) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        headers.put(entry.getName(), entry);
        if (!entry.isDirectory()) {
          texts.put(entry.getName(), new String(entries.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }
}
