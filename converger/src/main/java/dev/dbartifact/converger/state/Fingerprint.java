package dev.dbartifact.converger.state;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.options.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A digest over everything that decides what a database looks like; never over a secret. To make
/// something more count, add a line.
final class Fingerprint {
  private final MessageDigest sha256 = Digest.newSha256();

  private Fingerprint() {}

  static Digest of(ArtifactMetadata metadata, ConvergeOptions options, ClusterId target) {
    return new Fingerprint()
        .with("metadata", new String(MetadataJson.write(metadata), StandardCharsets.UTF_8))
        .with("mode", options.mode().toString())
        .with("target", target.value())
        .with("username", created(options) ? "" + options.username() : "")
        .with("contexts", created(options) ? options.contexts() : "")
        .with("labels", created(options) ? options.labels() : "")
        .digest();
  }

  private static boolean created(ConvergeOptions options) {
    return options.mode() == Mode.CREATE;
  }

  /// The length goes in too, so that no two lists of values look alike.
  private Fingerprint with(String name, String value) {
    sha256.update(
        (name + ":" + value.length() + ":" + value + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private Digest digest() {
    return Digest.of(sha256);
  }
}
