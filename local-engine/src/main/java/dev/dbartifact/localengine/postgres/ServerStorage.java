package dev.dbartifact.localengine.postgres;

/// What the files of servers lie on.
///
/// @param copyOnWrite whether the file system writes every block to a new place, so that reused WAL
///   files gain nothing
/// @param bytes that all servers together may take
public record ServerStorage(boolean copyOnWrite, long bytes) {

  private static final long MIB = 1L << 20;
  private static final long MOST_KEPT = 2048;
  private static final long LEAST_KEPT = 128;
  private static final long MOST_LOG = 1024;
  private static final long LEAST_LOG = 64;

  public ServerStorage {
    if (bytes <= 0) {
      throw new IllegalArgumentException("Storage of %d bytes".formatted(bytes));
    }
  }

  /// How much log a server writes before it makes a checkpoint and lets go of it: a twentieth of
  /// the storage within bounds. PostgreSQL's own 1 GB would be most of a small one.
  ///
  /// @return MiB, which PostgreSQL calls MB
  long logMib() {
    return Math.clamp(bytes / MIB / 20, LEAST_LOG, MOST_LOG);
  }

  /// How much log a server may keep for a standby or a history that does not come for it: a
  /// twentieth of the storage within bounds, so that it never fills up for their sake.
  ///
  /// @return MiB, which PostgreSQL calls MB
  long keptLogMib() {
    return Math.clamp(bytes / MIB / 20, LEAST_KEPT, MOST_KEPT);
  }
}
