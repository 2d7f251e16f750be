package dev.dbartifact.builder.image;

import java.nio.file.Path;

/// Where an image goes.
public sealed interface ImageTarget {
  /// The name and tag that the image gets, such as `db-artifact` or `registry.example/team/db:1`.
  String reference();

  /// The container engine of this machine.
  record Engine(String reference) implements ImageTarget {}

  /// A file in the layout of `docker save`.
  record TarFile(String reference, Path file) implements ImageTarget {}
}
