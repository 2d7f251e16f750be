package dev.dbartifact.rds;

import java.time.Duration;
import java.time.Instant;

/// A clock that moves only when somebody sleeps by it.
public final class TurnableClock implements WaitingClock {
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    now = now.plus(duration);
  }
}
