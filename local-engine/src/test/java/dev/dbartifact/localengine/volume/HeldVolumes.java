package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Directories whose removal waits until it is released, and can be made to fail.
final class HeldVolumes implements Volumes {
  private final CopiedVolumes real = new CopiedVolumes();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch removing = new CountDownLatch(1);
  private volatile IOException failure;
  private volatile IOException reclaimFailure;
  private volatile int reclaims;

  void release() {
    released.countDown();
  }

  /// Until a removal waits to be released.
  void awaitRemoval() throws InterruptedException {
    removing.await();
  }

  void failWith(IOException reason) {
    failure = reason;
  }

  void failReclaimsWith(IOException reason) {
    reclaimFailure = reason;
  }

  /// How often room was asked for.
  int reclaims() {
    return reclaims;
  }

  @Override
  public void reclaim(Path directory) throws IOException {
    reclaims++;
    if (reclaimFailure != null) {
      throw reclaimFailure;
    }
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public Sharing best() {
    return real.best();
  }

  @Override
  public boolean atomic() {
    return real.atomic();
  }

  @Override
  public void make(Path volume) throws IOException {
    real.make(volume);
  }

  @Override
  public Sharing clone(Path source, Path clone, Sharing wanted) throws IOException {
    return real.clone(source, clone, wanted);
  }

  @Override
  public void discard(Path volume) throws IOException {
    removing.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
    real.discard(volume);
  }

  @Override
  public Extent measure(Path volume) throws IOException {
    return real.measure(volume);
  }
}
