package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Jobs in the background. Those that touch the same volume run one after the other, in the order
/// in which they were given; only copies of it do not wait for what is done in passing.
public final class Work implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Work.class);

  /// How often a clock that may be turned is looked at: at first, and after a while.
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<StorageId, Queue> queues = new HashMap<>();
  private final Set<CompletableFuture<Void>> open = new HashSet<>();
  private volatile boolean closed;

  /// What was given for a volume.
  ///
  /// @param all done with all jobs
  /// @param binding done with those that copies wait for
  private record Queue(CompletableFuture<Void> all, CompletableFuture<Void> binding) {
    static final Queue EMPTY = new Queue(DONE, DONE);
  }

  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  /// Runs the job when all earlier jobs on these volumes are done.
  public synchronized void on(Collection<StorageId> volumes, Runnable job) {
    var earlier = volumes.stream().map(volume -> queue(volume).all()).toList();
    var done = after(earlier, job);
    volumes.forEach(volume -> put(volume, new Queue(done, done)));
  }

  /// The same of a job that looks after something at a volume again and again, may take a while,
  /// and does not mind who copies the volume meanwhile.
  public synchronized void inPassing(StorageId volume, Runnable job) {
    var before = queue(volume);
    put(volume, new Queue(after(List.of(before.all()), job), before.binding()));
  }

  /// Runs the job, which makes one volume from another: people wait for it. It waits for nothing
  /// that is done at the source in passing.
  public synchronized void copying(StorageId source, StorageId copy, Runnable job) {
    var before = queue(source);
    var done = after(List.of(before.binding(), queue(copy).all()), job);
    put(source, new Queue(CompletableFuture.allOf(before.all(), done), done));
    put(copy, new Queue(done, done));
  }

  private Queue queue(StorageId volume) {
    return queues.getOrDefault(volume, Queue.EMPTY);
  }

  private CompletableFuture<Void> after(List<CompletableFuture<Void>> earlier, Runnable job) {
    if (closed) {
      return DONE;
    }
    var begin = CompletableFuture.allOf(earlier.toArray(CompletableFuture<?>[]::new));
    return track(begin.thenRunAsync(() -> run(job), threads));
  }

  private void put(StorageId volume, Queue queue) {
    queues.put(volume, queue);
    queue.all().thenRun(() -> forget(volume, queue));
  }

  /// Runs the job at once.
  public synchronized void aside(Runnable job) {
    track(CompletableFuture.runAsync(() -> run(job), threads));
  }

  /// Runs the job when the clock shows that time; not if the engine stops before.
  void later(Clock clock, Instant time, Runnable job) {
    threads.execute(() -> {
      try {
        for (var look = LOOK; clock.instant().isBefore(time); look = longer(look)) {
          var left = Duration.between(clock.instant(), time);
          Thread.sleep(left.compareTo(look) < 0 ? left : look);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      if (!closed) {
        aside(job);
      }
    });
  }

  /// A hundred that wait for minutes must not keep the machine busy.
  private static Duration longer(Duration look) {
    var longer = look.multipliedBy(5).dividedBy(4);
    return longer.compareTo(LONGEST_LOOK) < 0 ? longer : LONGEST_LOOK;
  }

  /// Whether the engine is about to stop: a job that fails now was interrupted, and is left as it
  /// is.
  public boolean closing() {
    return closed;
  }

  private CompletableFuture<Void> track(CompletableFuture<Void> job) {
    open.add(job);
    job.thenRun(() -> untrack(job));
    return job;
  }

  private synchronized void untrack(CompletableFuture<Void> job) {
    open.remove(job);
  }

  private synchronized void forget(StorageId volume, Queue done) {
    queues.remove(volume, done);
  }

  private static void run(Runnable job) {
    try {
      job.run();
    } catch (RuntimeException | Error e) {
      LOG.error("A job in the background failed", e);
    }
  }

  private synchronized CompletableFuture<Void> allOpen() {
    return CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new));
  }

  /// Takes no more jobs and waits for those that it has, within bounds; the next start finishes or
  /// undoes the rest.
  @Override
  public void close() {
    closed = true;
    var deadline = System.nanoTime() + StopLimit.JOBS.duration().toNanos();
    try {
      // A job may leave another one aside.
      for (var jobs = allOpen(); !jobs.isDone(); jobs = allOpen()) {
        jobs.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      }
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
