package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/// Work that can be held back, and made to fail.
abstract class FakeFaults {

  /// How many servers were started, or failed to.
  final AtomicInteger starts = new AtomicInteger();

  /// The volumes whose servers do not end, whatever is done to them.
  final Set<StorageId> unkillable = ConcurrentHashMap.newKeySet();

  private boolean held;
  private boolean writing;
  private HostException failure;
  private HostException copyFailure;
  private HostException hardeningFailure;
  private HostException startFailure;
  private final AtomicReference<HostException> nextStartFailure = new AtomicReference<>();
  private final AtomicReference<Error> nextStartError = new AtomicReference<>();
  private final AtomicReference<HostException> nextUnfollowFailure = new AtomicReference<>();
  private final AtomicReference<HostException> nextReplacementFailure = new AtomicReference<>();
  private HostException verifierFailure;

  private static void failOnce(AtomicReference<HostException> next) throws HostException {
    failFor(next.getAndSet(null));
  }

  private static void failFor(HostException reason) throws HostException {
    if (reason != null) {
      throw reason;
    }
  }

  /// From now on, all work waits.
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    writing = false;
    notifyAll();
  }

  synchronized void work() throws HostException {
    while (held) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new HostException("interrupted", e);
      }
    }
    failFor(failure);
  }

  /// From now on, all work fails; null ends that.
  synchronized void failWith(HostException reason) {
    failure = reason;
  }

  /// From now on, no volume is copied; null ends that.
  synchronized void failCopiesWith(HostException reason) {
    copyFailure = reason;
  }

  void ending(StorageId id) throws HostException {
    if (unkillable.contains(id)) {
      throw new HostException(
          "Could not stop the server of '%s': process 4711 waits for the disk, perhaps"
              .formatted(id));
    }
  }

  synchronized void copying() throws HostException {
    failFor(copyFailure);
  }

  /// From now on, nothing gets to the disk for sure.
  synchronized void failHardeningWith(HostException reason) {
    hardeningFailure = reason;
  }

  synchronized void hardening() throws HostException {
    failFor(hardeningFailure);
  }

  /// The next replacement, or upgrade, fails, and changes nothing.
  synchronized void failNextReplacementWith(HostException reason) {
    nextReplacementFailure.set(reason);
  }

  synchronized void replacing() throws HostException {
    failOnce(nextReplacementFailure);
  }

  /// From now on, servers do not start; null ends that.
  synchronized void failStartsWith(HostException reason) {
    startFailure = reason;
  }

  /// The next server does not start, those after it do.
  synchronized void failNextStartWith(HostException reason) {
    nextStartFailure.set(reason);
  }

  /// The next start of a server ends in a way that nobody expects.
  void breakNextStartWith(Error reason) {
    nextStartError.set(reason);
  }

  synchronized void starting() throws HostException {
    starts.incrementAndGet();
    var error = nextStartError.getAndSet(null);
    if (error != null) {
      throw error;
    }
    failOnce(nextStartFailure);
    failFor(startFailure);
  }

  /// The next reader does not end.
  synchronized void failNextUnfollowWith(HostException reason) {
    nextUnfollowFailure.set(reason);
  }

  synchronized void unfollowing() throws HostException {
    failOnce(nextUnfollowFailure);
  }

  /// From now on, no server tells what it keeps in place of a password; null ends that.
  synchronized void failVerifiersWith(HostException reason) {
    verifierFailure = reason;
  }

  synchronized void reading() throws HostException {
    failFor(verifierFailure);
  }

  /// From now on, servers that are to stop write on and on, unless that is in vain.
  synchronized void writeOn() {
    writing = true;
  }

  /// Whether a server that stops has written everything; it has not where that was in vain.
  synchronized boolean awaitWritten(BooleanSupplier inVain) throws HostException {
    var needed = true;
    while (writing && needed) {
      try {
        wait(1);
      } catch (InterruptedException e) {
        throw new HostException("interrupted", e);
      }
      needed = !inVain.getAsBoolean();
    }
    return needed;
  }
}
