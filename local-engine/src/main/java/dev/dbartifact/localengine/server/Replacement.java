package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a copy of one volume in the place of another. The copy is made beside it and sealed with
/// its name; then the volume is thrown away, and the copy gets the name. Cut off before the volume
/// is gone, this has cost it no more than its history: the copy is removed when the host is opened.
/// Cut off later, it is finished then.
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
    var stages = Stages.of("The replacement of " + name);
    finish(name);
    store.space().requireRoom();
    stages.done("room");
    Copy copy = () -> make(from, source.value(), name, wanted);
    try {
      var sharing =
          store.atomic() && wanted == Sharing.SHARED
              ? atOnce(name, readers, preparation, copy, stages)
              : inTurn(name, readers, preparation, copy);
      stages.done("copy");
      swap(name);
      stages.done("swap").end();
      return sharing;
    } catch (IOException | HostException | RuntimeException e) {
      undo(VolumeStore.next(name), e);
      throw e;
    }
  }

  private interface Copy {
    Sharing make() throws IOException;
  }

  /// Puts what was made beside a volume by others, and is whole, in its place.
  ///
  /// @param readers of the volume
  void complete(String name, Collection<StorageId> readers) throws IOException {
    CrashPoint.REPLACEMENT_READY.reached();
    end(name, readers);
    swap(name);
  }

  /// One that was cut off before, by a failure, when the volume was gone already: what was to take
  /// its place is all that is left, and not to be thrown away for another copy, which may fail.
  void finish(String name) throws IOException {
    if (store.replaces(VolumeStore.next(name))) {
      takePlace(name);
    }
  }

  /// A snapshot takes no longer than the end of a server, and does not fail for its size. It is
  /// waited for also if the rest fails.
  private Sharing atOnce(
      String name,
      Collection<StorageId> readers,
      DatabaseHost.Preparation preparation,
      Copy copy,
      Stages stages)
      throws IOException, HostException {
    var copying = begin(copy::make);
    try {
      var keeping = preparation.run();
      stages.done("preparation");
      endWhile(keeping, name, readers);
      stages.done("end of the server");
    } catch (IOException | HostException | RuntimeException e) {
      awaitEnd(copying, e);
      throw e;
    }
    var sharing = result(copying);
    CrashPoint.REPLACEMENT_READY.reached();
    return sharing;
  }

  /// To keep something means to wait for the disk.
  private void endWhile(Runnable keeping, String name, Collection<StorageId> readers)
      throws IOException {
    var kept = begin(Executors.callable(keeping));
    try {
      end(name, readers);
    } catch (IOException | RuntimeException e) {
      awaitEnd(kept, e);
      throw e;
    }
    result(kept);
  }

  /// All other copies may take hours, and fail: what is to be prepared is known to be before, and
  /// nothing ends before the copy is whole.
  private Sharing inTurn(
      String name, Collection<StorageId> readers, DatabaseHost.Preparation preparation, Copy copy)
      throws IOException, HostException {
    preparation.run().run();
    var sharing = copy.make();
    CrashPoint.REPLACEMENT_READY.reached();
    end(name, readers);
    return sharing;
  }

  private static <T> FutureTask<T> begin(Callable<T> step) {
    var task = new FutureTask<>(step);
    Thread.startVirtualThread(task);
    return task;
  }

  private static void awaitEnd(FutureTask<?> task, Exception failure) {
    try {
      result(task);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static <T> T result(FutureTask<T> task) throws IOException {
    try {
      return task.get();
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
    store.sealNext(from.dbms().seal(name, from.version()), sharing);
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

  /// The history is that of the volume that goes. It goes first, so that nothing is between the end
  /// of that volume and the next one: if it cannot be removed, everything else is as it was.
  private void swap(String name) throws IOException {
    history.forget(name);
    store.discard(name);
    takePlace(name);
  }

  private void takePlace(String name) throws IOException {
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
