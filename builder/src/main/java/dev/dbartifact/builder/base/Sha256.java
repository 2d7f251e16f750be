package dev.dbartifact.builder.base;

import dev.dbartifact.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A digest over named contents, in the order in which they are given.
final class Sha256 {
  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest = Digest.newSha256();

  Sha256 add(String name, String value) {
    frame(name, value.getBytes(StandardCharsets.UTF_8).length);
    digest.update(value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Sha256 add(String name, Path file) throws IOException {
    frame(name, Files.size(file));
    try (var content = Files.newInputStream(file)) {
      var buffer = new byte[BUFFER_BYTES];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return this;
  }

  /// The digest in lower-case hexadecimal. Ends this computation.
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  // Name and length go first, so that two different lists never read as the same bytes.
  private void frame(String name, long length) {
    digest.update((name + "\0" + length + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
