package dev.dbartifact.localengine.volume;

/// Room on the storage that is promised to nobody else until it is closed.
public interface Room extends AutoCloseable {
  /// For what takes none.
  Room NONE = () -> {};

  @Override
  void close();
}
