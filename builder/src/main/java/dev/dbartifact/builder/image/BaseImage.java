package dev.dbartifact.builder.image;

import java.nio.file.Path;

/// What an artifact stands on: an image that holds the converger and starts it.
public sealed interface BaseImage {
  /// The base archive that comes with the builder, or another one made by the same build.
  record Archive(Path file) implements BaseImage {
    @Override
    public String toString() {
      return "tar:" + file;
    }
  }

  /// An image in a registry, pulled unless its digest is cached.
  record InRegistry(String reference) implements BaseImage {
    @Override
    public String toString() {
      return "registry://" + reference;
    }
  }

  /// An image in the container engine of this machine.
  record InEngine(String reference) implements BaseImage {
    @Override
    public String toString() {
      return "docker://" + reference;
    }
  }

  /// Any image in the layout of `docker save`.
  record Tar(Path file) implements BaseImage {
    @Override
    public String toString() {
      return "tar:" + file;
    }
  }
}
