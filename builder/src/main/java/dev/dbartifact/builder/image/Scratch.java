package dev.dbartifact.builder.image;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What a build leaves nothing of: a folder for what is needed on the way, and a file that is not
/// finished. Both go when the build ends, and when a signal ends the program.
final class Scratch implements AutoCloseable {
  private static final int MOST_TRIES = 10;
  private static final Duration FOR_THE_BUILD = Duration.ofSeconds(10);

  private static final Duration FOR_THE_WORKERS = Duration.ofMillis(500);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;
  private final Optional<Path> unfinished;
  private final Thread build = Thread.currentThread();
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), this::refused);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread atSignal = new Thread(this::removeAtSignal);

  private Scratch(Path folder, Optional<Path> unfinished) {
    this.folder = folder;
    this.unfinished = unfinished;
  }

  /// @param unfinished a file that is moved away when it is finished
  static Scratch make(Optional<Path> unfinished) throws IOException {
    var temporary = Path.of(System.getProperty("java.io.tmpdir"));
    var scratch = new Scratch(temporary.resolve("db-artifact-" + UUID.randomUUID()), unfinished);
    // First, since a signal may come as soon as the folder is there.
    Runtime.getRuntime().addShutdownHook(scratch.atSignal);
    Files.createDirectory(scratch.folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    return scratch;
  }

  /// Threads for the build, which end with it.
  ExecutorService workers() {
    return workers;
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    workers.shutdownNow();
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atSignal);
    } catch (IllegalStateException ending) {
      // The hook is running: it removes the same once more.
    } finally {
      closed.countDown();
    }
  }

  /// Jib goes on to remove its folders when it cannot go on, which is too early before its other
  /// workers have ended.
  private void refused(Runnable work, ThreadPoolExecutor ending) {
    awaitWorkers();
    throw new RejectedExecutionException("The program is ending");
  }

  private void awaitWorkers() {
    try {
      workers.awaitTermination(FOR_THE_WORKERS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Jib removes temporary folders of its own when it is interrupted, but not while its workers
  /// still write to them. One that does not end goes on beside this, and may make another file
  /// while our folder is removed.
  private void removeAtSignal() {
    workers.shutdownNow();
    awaitWorkers();
    build.interrupt();
    try {
      closed.await(FOR_THE_BUILD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      try {
        remove();
        return;
      } catch (DirectoryNotEmptyException | NoSuchFileException raced) {
        Thread.onSpinWait();
      } catch (IOException e) {
        System.err.println("Could not remove " + folder + ": " + e.getMessage());
        return;
      }
    }
  }

  private void remove() throws IOException {
    if (unfinished.isPresent()) {
      Files.deleteIfExists(unfinished.get());
    }
    Folders.remove(folder);
  }
}
