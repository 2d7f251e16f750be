package dev.dbartifact.builder.base;

import java.time.Instant;

/// The one time that every file of the image carries.
final class ImageTime {
  /// One second after the epoch, as Jib writes it: some tools take 0 for "no time".
  static final Instant MODIFIED = Instant.ofEpochSecond(1);

  private ImageTime() {}
}
