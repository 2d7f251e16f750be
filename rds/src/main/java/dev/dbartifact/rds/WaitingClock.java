package dev.dbartifact.rds;

import java.time.Duration;
import java.time.Instant;

/// The time, and the passing of it. Tests turn their own.
public interface WaitingClock {
  Instant now();

  void sleep(Duration duration) throws InterruptedException;

  static WaitingClock system() {
    return new WaitingClock() {
      private final Instant start = Instant.now();
      private final long startNanos = System.nanoTime();

      /// Moves steadily, whatever is done to the machine's clock meanwhile.
      @Override
      public Instant now() {
        return start.plusNanos(System.nanoTime() - startNanos);
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
