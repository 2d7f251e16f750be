package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.server.StorageId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs in the background. Those that touch the same volume run one after the other, in the
/// order in which they were given.
final class Work implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Work.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<StorageId, CompletableFuture<Void>> last = new HashMap<>();
  private volatile boolean closed;

  /// Runs the job when all earlier jobs on these volumes are done.
  synchronized void on(Collection<StorageId> volumes, Runnable job) {
    if (closed) {
      return;
    }
    var earlier =
        volumes.stream()
            .map(last::get)
            .filter(each -> each != null)
            .toArray(CompletableFuture[]::new);
    var done = CompletableFuture.allOf(earlier).thenRunAsync(() -> run(job), threads);
    volumes.forEach(volume -> last.put(volume, done));
    done.thenRunAsync(() -> forget(volumes, done), threads);
  }

  /// Whether the engine is about to stop: a job that fails now was interrupted, and is left as
  /// it is.
  boolean closing() {
    return closed;
  }

  /// Runs the job at once.
  void aside(Runnable job) {
    threads.execute(() -> run(job));
  }

  private static void run(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A job in the background failed", e);
    }
  }

  private synchronized void forget(Collection<StorageId> volumes, CompletableFuture<Void> done) {
    volumes.forEach(volume -> last.remove(volume, done));
  }

  /// Waits for what runs, within bounds; what has not begun is left for the next start.
  @Override
  public void close() {
    CompletableFuture<Void> open;
    synchronized (this) {
      closed = true;
      open = CompletableFuture.allOf(last.values().toArray(CompletableFuture[]::new));
    }
    try {
      open.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn("Work is still under way; the next start finishes or undoes it");
    } catch (ExecutionException e) {
      LOG.error("A job in the background failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }
}
