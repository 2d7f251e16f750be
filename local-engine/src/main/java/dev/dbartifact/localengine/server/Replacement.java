package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.Collection;
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
  Sharing run(
      InstalledServers.Server from,
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      Sharing wanted)
      throws IOException {
    var name = id.value();
    var next = VolumeStore.next(name);
    try {
      var sharing = make(from, source.value(), name, wanted);
      CrashPoint.REPLACEMENT_READY.reached();
      for (var reader : readers) {
        removal.run(reader.value());
      }
      hardening.ending(name, () -> servers.daemon(name).abandon());
      CrashPoint.SERVER_KILLED.reached();
      swap(name);
      return sharing;
    } catch (IOException | RuntimeException e) {
      undo(next, e);
      throw e;
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
