package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for what a server does by itself.
public final class Waiting {
  private static final Duration POLL = Duration.ofMillis(5);

  private Waiting() {}

  /// What is waited for.
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  /// Whether it holds before the time is over.
  public static boolean within(Duration limit, Condition condition) throws IOException {
    return until(System.nanoTime() + limit.toNanos(), condition);
  }

  /// The same, for what is waited for in several steps.
  ///
  /// @param deadline as [System#nanoTime()] counts
  public static boolean until(long deadline, Condition condition) throws IOException {
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while waiting for a server");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
