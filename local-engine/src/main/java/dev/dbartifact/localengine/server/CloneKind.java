package dev.dbartifact.localengine.server;

/// How a volume is made from another one.
public enum CloneKind {
  /// Shares all blocks with its source until one of the two writes.
  COPY_ON_WRITE,
  /// Has all blocks of its own.
  FULL_COPY
}
