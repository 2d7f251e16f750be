package dev.dbartifact.builder.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerFilterTest {
  @Test
  void dropsNothingWhenNothingIsNamed() throws Exception {
    assertThat(filtered(Set.of(), 1000)).isEqualTo(tar());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 511, 512, 513, 1_000_000})
  void dropsTheNamedEntriesHoweverTheStreamIsCut(int pieceSize) throws Exception {
    var left = entries(filtered(Set.of("base.tar.gz", "empty.tar.gz"), pieceSize));
    assertThat(left).containsExactly("layer.tar.gz:1025", "config.json:512");
  }

  private static byte[] filtered(Set<String> dropped, int pieceSize) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var filter = new LayerFilter(out, dropped)) {
      var tar = tar();
      for (int at = 0; at < tar.length; at += pieceSize) {
        filter.write(tar, at, Math.min(pieceSize, tar.length - at));
      }
    }
    return out.toByteArray();
  }

  private static byte[] tar() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      add(tar, "base.tar.gz", 3000);
      add(tar, "layer.tar.gz", 1025);
      add(tar, "empty.tar.gz", 0);
      add(tar, "config.json", 512);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, int size) throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(size);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(new byte[size]);
    tar.closeArchiveEntry();
  }

  private static List<String> entries(byte[] bytes) throws IOException {
    var entries = new ArrayList<String>();
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry.getName() + ":" + tar.readAllBytes().length);
      }
    }
    return entries;
  }
}
