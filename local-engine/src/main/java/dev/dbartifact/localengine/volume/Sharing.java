package dev.dbartifact.localengine.volume;

/// Whether a clone has its blocks in common with its source.
public enum Sharing {
  /// Blocks are shared until one side changes them.
  SHARED,
  /// Each side has its own.
  SEPARATE
}
