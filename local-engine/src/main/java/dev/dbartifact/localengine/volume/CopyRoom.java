package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.io.InterruptedIOException;

/// Room for copies that share nothing, so that two at a time do not fill the storage together
/// although each alone would fit.
final class CopyRoom {

  /// What a copy leaves to the servers beside it: two files of a PostgreSQL log. One that cannot
  /// write its log ends all sessions.
  private static final long LEFT_TO_SERVERS = 32L << 20;

  private final Free free;

  /// What copies under way may take at most, in bytes; what they have written is no longer free
  /// either.
  private long promised;

  /// How much can be written now, in bytes.
  interface Free {
    long bytes() throws IOException;
  }

  CopyRoom(Free free) {
    this.free = free;
  }

  /// Waits while the room for the copy depends on what others under way leave.
  ///
  /// @param needed in bytes
  /// @throws IOException if the copy does not fit, or would leave no room to the servers that are
  ///   at work
  synchronized Room promise(long needed) throws IOException {
    while (lacks(needed)) {
      if (promised == 0) {
        throw tooSmall(needed, free.bytes());
      }
      awaitAnother();
    }
    promised += needed;
    return () -> giveBack(needed);
  }

  /// Whether a copy does not fit now, beside those under way.
  synchronized boolean lacks(long needed) throws IOException {
    return free.bytes() - LEFT_TO_SERVERS - promised < needed;
  }

  private void awaitAnother() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it waited for another copy to end");
    }
  }

  private synchronized void giveBack(long bytes) {
    promised -= bytes;
    notifyAll();
  }

  private static IOException tooSmall(long needed, long free) {
    return new IOException(
        "No space left on device: a full copy takes %d MiB; %d MiB are free, of which %d MiB are kept for the servers that run"
            .formatted(needed >> 20, free >> 20, LEFT_TO_SERVERS >> 20));
  }
}
