package dev.dbartifact.builder.image;

import dev.dbartifact.artifact.ArtifactMetadata;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an image says about itself without being run.
final class ImageLabels {
  private static final String OCI = "org.opencontainers.image.";
  private static final String OURS = "dev.dbartifact.";

  private ImageLabels() {}

  /// Labels that depend on the metadata alone; nothing of the machine or the moment of the build.
  static SortedMap<String, String> of(ArtifactMetadata metadata) {
    var source = metadata.source();
    var labels = new TreeMap<String, String>();
    labels.put(OCI + "title", metadata.name().value());
    labels.put(OCI + "description", "Database artifact of cluster " + source.id());
    labels.put(OURS + "format", metadata.formatVersion().toString());
    labels.put(OURS + "builder.version", metadata.builderVersion());
    labels.put(OURS + "source.cluster", source.id().value());
    labels.put(OURS + "source.region", source.region());
    labels.put(OURS + "engine", source.settings().engine().toString());
    source
        .settings()
        .engineVersion()
        .ifPresent(version -> labels.put(OURS + "engine.version", version.value()));
    metadata
        .changelog()
        .ifPresent(changelog -> labels.put(OURS + "changelog.digest", changelog.digest().value()));
    return labels;
  }
}
