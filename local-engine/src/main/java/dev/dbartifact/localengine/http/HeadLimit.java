package dev.dbartifact.localengine.http;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Gives every request a thread, and takes it back when the head is not there in time. The JDK's
/// server reads the head itself, on the thread that it is given, and lends the connection to nobody
/// before: an interrupt closes it, and there is no way to answer.
///
/// @param threads that run what is given to them
record HeadLimit(Executor threads, Duration limit) implements Executor {

  private static final ScopedValue<ScheduledFuture<?>> ALARM = ScopedValue.newInstance();

  @Override
  public void execute(Runnable exchange) {
    threads.execute(() -> {
      var reader = Thread.currentThread();
      var alarm =
          ForkJoinPool.commonPool()
              .schedule(reader::interrupt, limit.toNanos(), TimeUnit.NANOSECONDS);
      try {
        ScopedValue.where(ALARM, alarm).run(exchange);
      } finally {
        alarm.cancel(false);
      }
    });
  }

  /// Says, on the thread of a request, that its head is there.
  static void met() {
    ALARM.get().cancel(false);
  }
}
