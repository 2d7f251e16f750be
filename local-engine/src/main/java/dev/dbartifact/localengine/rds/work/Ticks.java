package dev.dbartifact.localengine.rds.work;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after something again and again, on a thread of its own. A look that fails is told of, and
/// ends nothing.
public final class Ticks implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticks.class);

  private final String subject;
  private final Duration pause;
  private final Runnable look;
  private final ScheduledExecutorService thread;

  /// @param subject what is looked after, such as `automated snapshots`
  /// @param pause between two looks, and before the first
  public Ticks(String subject, Duration pause, Runnable look) {
    this.subject = subject;
    this.pause = pause;
    this.look = look;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(subject).factory());
  }

  public void begin() {
    thread.scheduleWithFixedDelay(
        this::tick, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.error("Could not look after {}", subject, e);
    }
  }

  /// A look that is under way is interrupted.
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
