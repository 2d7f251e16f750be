package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.volume.Room;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.Collection;

/// Makes copies of volumes: beside others, or in the place of one.
record Copies(
    VolumeStore store,
    InstalledServers installed,
    Hardening hardening,
    Making making,
    Replacement replacement) {

  /// See [DatabaseHost#copy].
  CloneKind make(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    var from = installed.of(source);
    return making.asking(
        id,
        "copy '%s' to".formatted(source),
        () -> {
          try (var _ = room(source, wanted)) {
            return make(source.value(), id.value(), sharing(wanted), from);
          }
        });
  }

  private CloneKind make(String source, String id, Sharing wanted, InstalledServers.Server from)
      throws IOException {
    var sharing = from.dbms().copy(source, id, wanted, from.version());
    CrashPoint.VOLUME_UNSEALED.reached();
    store.seal(from.dbms().seal(id, from.version()), sharing);
    CrashPoint.VOLUME_SEALED.reached();
    hardening.volume(id);
    return kind(sharing);
  }

  /// See [DatabaseHost#replace].
  CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      DatabaseHost.Preparation preparation)
      throws HostException {
    var from = installed.of(source);
    try (var _ = room(source, wanted)) {
      return kind(replacement.run(from, source, id, readers, sharing(wanted), preparation));
    } catch (IOException e) {
      throw Failures.of("Could not replace '%s' by a copy of '%s'".formatted(id, source), e);
    }
  }

  /// A copy that shares its blocks needs none.
  private Room room(StorageId source, CloneKind wanted) throws IOException {
    var separate = sharing(wanted) == Sharing.SEPARATE || store.best() == Sharing.SEPARATE;
    return separate ? store.space().roomForCopy(source.value(), 0) : Room.NONE;
  }

  private static Sharing sharing(CloneKind kind) {
    return switch (kind) {
      case COPY_ON_WRITE -> Sharing.SHARED;
      case FULL_COPY -> Sharing.SEPARATE;
    };
  }

  private static CloneKind kind(Sharing sharing) {
    return sharing == Sharing.SHARED ? CloneKind.COPY_ON_WRITE : CloneKind.FULL_COPY;
  }
}
