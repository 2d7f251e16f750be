package dev.dbartifact.localengine.cli;

/// Numbers of bytes, for people.
final class Sizes {

  private Sizes() {}

  static String of(long bytes) {
    return bytes < 10L << 30
        ? "%.1f MiB".formatted(bytes / (double) (1 << 20))
        : "%.1f GiB".formatted(bytes / (double) (1 << 30));
  }
}
