package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.DumpPrograms;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.MajorUpgrade;
import dev.dbartifact.localengine.postgres.UpgradeLog;
import dev.dbartifact.localengine.volume.Trees;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a volume to another major version of PostgreSQL. The new one is made beside it, and takes
/// its place when it is whole; see [Replacement]. Until then nothing has happened to the data, and
/// what was made so far is removed when it fails, or when the host is opened.
record Upgrading(
    VolumeStore store,
    Servers servers,
    Creation creation,
    Hardening hardening,
    Removal removal,
    Replacement replacement) {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrading.class);

  /// In the new volume, while it is made.
  private static final String FOLDER = "upgrade";

  /// From where to where, and with what.
  record Way(Dbms dbms, Installation from, Installation to, DumpPrograms programs) {}

  /// @param readers of the volume, which go when the new one is whole
  void run(String name, Way way, Collection<StorageId> readers, UpgradeLog log) throws IOException {
    var next = VolumeStore.next(name);
    replacement.finish(name);
    try (var _ = store.space().roomForCopy(name, 0)) {
      removal.run(next);
      hardening.ending(name, () -> servers.daemon(name).stop());
      CrashPoint.UPGRADE_BEGUN.reached();
      make(name, next, way, log);
      replacement.complete(name, readers);
    } catch (IOException | RuntimeException e) {
      undo(next, e);
      throw e;
    }
  }

  private void make(String name, String next, Way way, UpgradeLog log) throws IOException {
    var made = store.clone(creation.template(way.dbms(), way.to().version()), next, store.best());
    CrashPoint.VOLUME_FILLED.reached();
    var from = servers.server(name, way.from());
    var to = servers.server(next, way.to());
    to.takeOver(Optional.empty());
    var folder = makeFolder(store.path(next).resolve(FOLDER));
    new MajorUpgrade(from, to, way.programs(), folder, log).run();
    Trees.delete(folder);
    servers.clear(next);
    CrashPoint.VOLUME_UNSEALED.reached();
    store.sealNext(way.dbms().seal(name, way.to().version()), made);
    store.harden(next);
    CrashPoint.VOLUME_SEALED.reached();
  }

  /// For the engine alone, as which the dump programs run: what lies in it holds secrets, such as
  /// the passwords of user mappings.
  static Path makeFolder(Path folder) throws IOException {
    return Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Unless it is all that is left.
  private void undo(String next, Exception failure) {
    try {
      if (!store.replaces(next)) {
        removal.run(next);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
      LOG.warn("Left {} behind, to be removed at the next start: {}", next, e.getMessage());
    }
  }
}
