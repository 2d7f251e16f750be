package dev.dbartifact.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/// An image in the layout of `docker save`, with the layers compressed as they would be pushed.
record ImageArchive(Path file) {
  /// The bytes of each compressed layer, from the lowest on.
  List<Long> layerSizes() throws IOException {
    try (var tar = new TarFile(file)) {
      var sizes = new ArrayList<Long>();
      for (var layer : layers(tar)) {
        requireCompressed(tar, layer);
        sizes.add(layer.getSize());
      }
      return sizes;
    }
  }

  /// A file of the image, by its path without the first slash.
  byte[] content(String path) throws IOException {
    try (var tar = new TarFile(file)) {
      for (var layer : layers(tar).reversed()) {
        try (var content =
            new TarArchiveInputStream(new GZIPInputStream(tar.getInputStream(layer)))) {
          for (var entry = content.getNextEntry(); entry != null; entry = content.getNextEntry()) {
            if (entry.getName().equals(path)) {
              return content.readAllBytes();
            }
          }
        }
      }
    }
    throw new IOException("%s holds no %s".formatted(file, path));
  }

  private static List<TarArchiveEntry> layers(TarFile tar) throws IOException {
    try (var manifest = tar.getInputStream(entry(tar, "manifest.json"))) {
      var layers = new ArrayList<TarArchiveEntry>();
      for (var name : new ObjectMapper().readTree(manifest).path(0).path("Layers")) {
        layers.add(entry(tar, name.asText()));
      }
      return layers;
    }
  }

  private static void requireCompressed(TarFile tar, TarArchiveEntry layer) throws IOException {
    try (var content = tar.getInputStream(layer)) {
      if (content.read() != 0x1f || content.read() != 0x8b) {
        throw new IOException("the layer %s is not compressed".formatted(layer.getName()));
      }
    }
  }

  private static TarArchiveEntry entry(TarFile tar, String name) throws IOException {
    return tar.getEntries().stream()
        .filter(entry -> entry.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("it holds no " + name));
  }
}
