package dev.dbartifact.localengine.volume;

/// Bytes that a volume takes.
///
/// @param total what it would take if it were alone
/// @param exclusive what would be free again if it were discarded
public record Extent(long total, long exclusive) {
  public Extent {
    if (exclusive < 0 || total < exclusive) {
      throw new IllegalArgumentException(
          "Not an extent: %d exclusive of %d".formatted(exclusive, total));
    }
  }
}
