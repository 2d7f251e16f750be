package dev.dbartifact.localengine;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Asks again and again until something holds, and says what did not.
public final class Waiting {

  /// For what comes to hold in a moment, unless something is wrong: so long that it does also where
  /// the machine has much else to do. Who waits in vain waits all of it.
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(10);

  private Waiting() {}

  /// Something that comes to hold.
  ///
  /// @param <E> what looking may throw
  @FunctionalInterface
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  /// With patience.
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(what, PATIENCE, condition);
  }

  /// @param what what one waits for, as it stands behind "waited in vain for"
  /// @throws AssertionError when it does not hold within the limit
  public static <E extends Exception> void until(
      String what, Duration limit, Condition<E> condition) throws E {
    until(what, limit, PAUSE, condition);
  }

  /// The same.
  ///
  /// @param pause between one look and the next
  public static <E extends Exception> void until(
      String what, Duration limit, Duration pause, Condition<E> condition) throws E {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited in vain for " + what);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }
}
