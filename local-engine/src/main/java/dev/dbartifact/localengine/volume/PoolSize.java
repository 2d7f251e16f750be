package dev.dbartifact.localengine.volume;

import java.util.OptionalLong;

/// How much a pool may hold, should one be made. Its file is sparse: it takes what is used, not
/// what it may hold.
///
/// @param bytes at least 256 MiB, below which btrfs is of no use; nothing chooses 80 % of what is
///   free, at most 200 GiB; 0 is no pool
public record PoolSize(OptionalLong bytes) {
  private static final long LEAST = 256L << 20;
  private static final long NONE = 0;
  private static final long MOST_BY_ITSELF = 200L << 30;

  public PoolSize {
    if (bytes.isPresent() && bytes.getAsLong() != NONE && bytes.getAsLong() < LEAST) {
      throw new IllegalArgumentException(
          "A pool needs at least %d bytes, not %d".formatted(LEAST, bytes.getAsLong()));
    }
  }

  /// 80 % of what is free, at most 200 GiB.
  public static PoolSize automatic() {
    return new PoolSize(OptionalLong.empty());
  }

  /// A size of one's own.
  public static PoolSize of(long bytes) {
    return new PoolSize(OptionalLong.of(bytes));
  }

  /// No pool is made: where the file system shares no blocks, clones are full copies.
  public static PoolSize none() {
    return of(NONE);
  }

  boolean isNone() {
    return bytes.isPresent() && bytes.getAsLong() == NONE;
  }

  long within(long free) {
    return bytes.orElse(Math.max(LEAST, Math.min(MOST_BY_ITSELF, free / 5 * 4)));
  }
}
