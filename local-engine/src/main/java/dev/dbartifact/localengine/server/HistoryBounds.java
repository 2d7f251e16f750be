package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.WalSegment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How much history is kept.
///
/// @param most bytes for one volume
/// @param betweenBases bytes of log after which another base is made: a restore replays that much
record HistoryBounds(long most, long betweenBases) {
  /// As in the warning of `db-artifact-local status`: what is left belongs to the data.
  static final double LEAST_FREE = 0.1;

  /// A base at least as often as that, so that older ones can go.
  private static final Duration OLDEST_BASE = Duration.ofDays(1);

  /// About what a server writes from one checkpoint to the next, when it is busy.
  private static final long MOST_BETWEEN_BASES = 1L << 30;

  HistoryBounds {
    if (betweenBases < WalSegment.BYTES || most < betweenBases) {
      throw new IllegalArgumentException(
          "No room for a history: %d bytes, a base after %d".formatted(most, betweenBases));
    }
  }

  /// A base may itself take a segment of log; that must not be a reason for another.
  private static final long LEAST_BETWEEN_BASES = 4 * WalSegment.BYTES;

  /// A twentieth of the storage for each volume, or a few bases.
  ///
  /// @param storage bytes in all
  static HistoryBounds within(long storage) {
    var most = Math.max(4 * LEAST_BETWEEN_BASES, storage / 20);
    return new HistoryBounds(most, Math.min(MOST_BETWEEN_BASES, most / 4));
  }

  /// Whether there should be another base, of a volume that was written to.
  ///
  /// @param log bytes since the newest base
  boolean wantsBase(List<Base> bases, long log, Instant now) {
    return bases.isEmpty()
        || log >= betweenBases
        || bases.getLast().moment().isBefore(now.minus(OLDEST_BASE));
  }

  /// Whether the oldest base can go: the next one is old enough, or there is too much.
  ///
  /// @param bytes of bases and log together
  boolean spares(List<Base> bases, long bytes, Instant outdated) {
    return bases.size() > 1 && (!bases.get(1).moment().isAfter(outdated) || bytes > most);
  }
}
