package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a copy of one volume in the place of another. The copy is made beside it and sealed with
/// its name; then the volume is thrown away, and the copy gets the name. Cut off before the volume
/// is gone, this has done nothing: the copy is removed when the host is opened. Cut off later, it
/// is finished then.
record Replacement(
    VolumeStore store,
    Servers servers,
    Hardening hardening,
    PostgresHistory history,
    Removal removal) {
  private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

  /// @param from the server of the source
  /// @param readers of the volume
  /// @param preparation see [DatabaseHost#replace]
  Sharing run(
      InstalledServers.Server from,
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      Sharing wanted,
      DatabaseHost.Preparation preparation)
      throws IOException, HostException {
    var name = id.value();
    store.requireRoom();
    var copying = new FutureTask<>(() -> make(from, source.value(), name, wanted));
    Thread.startVirtualThread(copying);
    try {
      var early = store.atomic() && wanted == Sharing.SHARED;
      prepare(name, readers, preparation, early, copying);
      var sharing = made(copying);
      CrashPoint.REPLACEMENT_READY.reached();
      if (!early) {
        end(name, readers);
      }
      swap(name);
      return sharing;
    } catch (IOException | HostException | RuntimeException e) {
      undo(VolumeStore.next(name), e);
      throw e;
    }
  }

  /// While the copy is made. That is waited for also if this fails.
  ///
  /// @param early whether the copy is as good as there: a snapshot takes no longer than the end of
  ///   a server, and does not fail for its size. All other copies are made before.
  private void prepare(
      String name,
      Collection<StorageId> readers,
      DatabaseHost.Preparation preparation,
      boolean early,
      FutureTask<Sharing> copying)
      throws IOException, HostException {
    try {
      preparation.run();
      if (early) {
        end(name, readers);
      }
    } catch (IOException | HostException | RuntimeException e) {
      awaitEnd(copying, e);
      throw e;
    }
  }

  private static void awaitEnd(FutureTask<Sharing> copying, Exception failure) {
    try {
      made(copying);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static Sharing made(FutureTask<Sharing> copying) throws IOException {
    try {
      return copying.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unexpected -> throw unexpected;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine is shutting down");
    }
  }

  private Sharing make(InstalledServers.Server from, String source, String name, Sharing wanted)
      throws IOException {
    var next = VolumeStore.next(name);
    store.discard(next);
    CrashPoint.VOLUME_UNMADE.reached();
    var sharing = from.dbms().copy(source, next, wanted, from.version());
    CrashPoint.VOLUME_UNSEALED.reached();
    store.sealNext(from.dbms().seal(name, from.version()));
    CrashPoint.VOLUME_SEALED.reached();
    return sharing;
  }

  /// Readers first: nothing that follows the old server may meet the new one.
  private void end(String name, Collection<StorageId> readers) throws IOException {
    for (var reader : readers) {
      removal.run(reader.value());
    }
    hardening.ending(name, () -> servers.daemon(name).abandon());
    CrashPoint.SERVER_KILLED.reached();
  }

  /// The history is that of the volume that goes.
  private void swap(String name) throws IOException {
    store.discard(name);
    history.forget(name);
    store.takePlace(name);
    hardening.volume(name);
  }

  /// Nobody gets the copy, unless it is all that is left.
  private void undo(String next, Exception failure) {
    try {
      if (!store.replaces(next)) {
        store.discard(next);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
      LOG.warn("Left {} behind, to be removed at the next start: {}", next, e.getMessage());
    }
  }
}
