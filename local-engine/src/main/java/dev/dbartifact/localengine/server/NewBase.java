package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.AdminSession;
import dev.dbartifact.localengine.postgres.Backup;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Makes a base of a volume whose server is at work. Unlike a clone, nobody waits for its server to
/// start: it needs no checkpoint, which the source would feel, where one moment can be had without.
record NewBase(VolumeStore store, Servers servers, Installation installation) {

  /// @param session with the server of the volume
  Base of(String storage, AdminSession session) throws IOException {
    var volume = Base.name(storage, Instant.now());
    try {
      var first = session.segment();
      var label = clone(storage, volume, session);
      var server = servers.server(volume, installation);
      server.takeOver(label);
      server.comesFresh();
      // Clients know milliseconds: the time that they are shown must not be before this one.
      var moment = Instant.now().plusMillis(1).truncatedTo(ChronoUnit.MILLIS);
      var base = new Base(volume, storage, moment, first);
      base.write(store);
      CrashPoint.BASE_UNSEALED.reached();
      store.seal(Seal.ofPostgres(volume, installation.version()), Sharing.SHARED);
      CrashPoint.BASE_MADE.reached();
      store.harden(volume);
      return base;
    } catch (IOException e) {
      store.discard(volume);
      throw e;
    }
  }

  /// The log that a base needs comes later: none is copied with it.
  ///
  /// @return the label of the backup during which it was made, if there was one
  private Optional<String> clone(String storage, String volume, AdminSession session)
      throws IOException {
    if (store.atomic()) {
      store.clone(storage, volume, Sharing.SHARED);
      return Optional.empty();
    }
    var backup = Backup.start(session, installation.major());
    store.clone(storage, volume, Sharing.SHARED);
    return Optional.of(backup.stop());
  }
}
