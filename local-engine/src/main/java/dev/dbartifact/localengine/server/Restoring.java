package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.ControlFile;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.WalSegment;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.Trees;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// Makes a volume what another was at an earlier time: a base from before, and the log replayed up
/// to then.
record Restoring(VolumeStore store, Servers servers, Installation installation) {
  /// @param last the segment up to which the log goes
  /// @param settings by which transactions that were prepared, and their locks, have as much room
  ///   as they had
  private record Source(WalSegment last, Map<String, String> settings) {}

  /// What is replayed may take as much room as its log.
  void run(Base base, KeptLog log, String volume, Instant time) throws IOException {
    try (var _ = store.space().roomForCopy(base.volume(), log.bytesSince(base.first()))) {
      restore(base, log, volume, time);
    }
  }

  private void restore(Base base, KeptLog log, String volume, Instant time) throws IOException {
    var made = store.clone(base.volume(), volume, Sharing.SEPARATE);
    CrashPoint.VOLUME_FILLED.reached();
    Base.strip(store, volume);
    var source = source(log);
    var server = servers.server(volume, installation);
    var folder = server.replaying().folder();
    log.giveTo(folder, base.first(), source.last());
    CrashPoint.LOG_UNREPLAYED.reached();
    server.replaying().until(time, source.settings());
    Trees.delete(folder);
    CrashPoint.LOG_REPLAYED.reached();
    store.seal(Seal.ofPostgres(volume, installation.version()), made);
    CrashPoint.VOLUME_SEALED.reached();
    store.harden(volume);
  }

  /// Brings the log of a source that runs past the time that is asked for.
  private Source source(KeptLog log) throws IOException {
    var process = servers.process(log.storage());
    if (!process.running()) {
      return new Source(
          log.live().last(), ControlFile.room(store.path(log.storage()).resolve(Servers.DATA)));
    }
    try (var session = process.session()) {
      session.commitMark();
      return new Source(session.segment(), session.values(ControlFile.ROOM));
    }
  }
}
