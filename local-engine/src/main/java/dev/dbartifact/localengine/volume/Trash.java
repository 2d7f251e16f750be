package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.StopLimit;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Volumes on their way out. Throwing one away is a rename; its bytes are given back to the file
/// system a moment afterwards, in the background. What an interruption leaves goes with [#empty].
final class Trash implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Trash.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// What is thrown away is often being replaced, and what replaces it is waited for: it gets the
  /// processors and the disk first.
  private static final Duration REST = Duration.ofSeconds(1);

  private final Volumes volumes;
  private final Path directory;
  private final Duration rest;
  private final Duration patienceOnClosing;

  /// Whether anything was thrown away whose room was not waited for.
  private final AtomicBoolean taken = new AtomicBoolean();

  /// Held by who waits for the room, for minutes perhaps: nothing else may.
  private final Object reclaiming = new Object();

  /// Of the last wait for the room that was in vain, null before the first; another object for
  /// each.
  private volatile IOException failure;

  /// One removal after the other; this is the last one.
  private CompletableFuture<Void> removals = CompletableFuture.completedFuture(null);

  /// Completed when somebody waits for the removals that have not begun.
  private CompletableFuture<Void> hurry = new CompletableFuture<>();

  Trash(Volumes volumes, Path directory) throws IOException {
    this(volumes, directory, REST, StopLimit.REMOVALS.duration());
  }

  Trash(Volumes volumes, Path directory, Duration rest, Duration patienceOnClosing)
      throws IOException {
    this.volumes = volumes;
    this.rest = rest;
    this.patienceOnClosing = patienceOnClosing;
    this.directory = Files.createDirectories(directory).toRealPath();
  }

  /// What was thrown away and is still there.
  SortedSet<Path> content() throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// Throws a volume away. From the first moment on it is none any more, even if this is cut off.
  void take(Path volume) throws IOException {
    var gone = directory.resolve(UUID.randomUUID().toString());
    Files.move(volume, gone, StandardCopyOption.ATOMIC_MOVE);
    CrashPoint.VOLUME_THROWN_AWAY.reached();
    taken.set(true);
    removeLater(gone);
  }

  private synchronized void removeLater(Path gone) {
    var rested = hurry.copy().completeOnTimeout(null, rest.toMillis(), TimeUnit.MILLISECONDS);
    removals =
        CompletableFuture.allOf(removals, rested)
            .thenRunAsync(() -> remove(gone), Thread::startVirtualThread);
  }

  private void remove(Path gone) {
    try {
      volumes.discard(gone);
    } catch (IOException e) {
      LOG.warn(
          "Could not remove {}, which was thrown away; the next start tries again: {}",
          gone,
          e.getMessage());
    }
  }

  /// Removes what was thrown away and is still there, as far as that can be done.
  void empty() throws IOException {
    await();
    content().forEach(this::remove);
  }

  /// Lets the file system use again what was thrown away, if anything was since the last time.
  /// Whoever comes while another waits for that waits with it: only then the room is there. If it
  /// waits in vain, so did they: each of many would wait as long as all before it together.
  void reclaim() throws IOException {
    var known = failure;
    synchronized (reclaiming) {
      if (failure != known) {
        throw new IOException(failure.getMessage(), failure);
      }
      if (taken.getAndSet(false)) {
        awaitRoom();
      }
    }
  }

  private void awaitRoom() throws IOException {
    try {
      await();
      volumes.reclaim(directory);
    } catch (InterruptedIOException e) {
      // Says nothing to those who go on.
      taken.set(true);
      throw e;
    } catch (IOException e) {
      taken.set(true);
      failure = new IOException(e.getMessage(), e);
      throw e;
    }
  }

  /// Waits until the bytes of everything that was thrown away so far have been given back.
  ///
  /// @throws IOException if that takes longer than a minute
  void await() throws IOException {
    await(PATIENCE);
  }

  private void await(Duration patience) throws IOException {
    try {
      last().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "volumes that were thrown away are still being removed after %d s; the next start goes on with it"
              .formatted(patience.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw new IOException("A volume that was thrown away could not be removed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while volumes were being removed");
    }
  }

  private synchronized CompletableFuture<Void> last() {
    hurry.complete(null);
    hurry = new CompletableFuture<>();
    return removals;
  }

  /// Waits a little. What is left then, the next [#empty] removes.
  @Override
  public void close() throws IOException {
    await(patienceOnClosing);
  }
}
