package dev.dbartifact.builder.image;

import dev.dbartifact.artifact.ArtifactMetadata;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an image will hold, before anything of it is written.
///
/// @param base what it stands on; the converger and the entrypoint come from there
/// @param metadata what `/artifact/metadata.json` will say
/// @param changelogFiles where each file of the changelog is read from, by its path below
///   `/artifact/changelog`, with `/` between folders; empty without a changelog
public record ArtifactImage(
    BaseImage base, ArtifactMetadata metadata, SortedMap<String, Path> changelogFiles) {
  public ArtifactImage {
    changelogFiles = Collections.unmodifiableSortedMap(new TreeMap<>(changelogFiles));
    int expected = metadata.changelog().map(changelog -> changelog.files()).orElse(0);
    if (changelogFiles.size() != expected) {
      throw new IllegalArgumentException(
          "the metadata names %d changelog files, but there are %d"
              .formatted(expected, changelogFiles.size()));
    }
  }
}
