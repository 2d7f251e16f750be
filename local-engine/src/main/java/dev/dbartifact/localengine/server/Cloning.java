package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.Backup;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Makes one volume a clone of another, whose server may be at work.
record Cloning(VolumeStore store, Servers servers, Installation installation) {
  /// Bytes of log since the last checkpoint. Recovery is quick where the processor is, a checkpoint
  /// where the disk is: see docs/decisions/0013.
  private static final long SOON_RECOVERED = 8L << 20;

  private static final Path WAL = Path.of(Servers.DATA, "pg_wal");

  Sharing run(String source, String clone, Sharing wanted) throws IOException {
    var server = servers.server(source, installation);
    if (!server.process().running()) {
      return still(source, clone, wanted, Stages.of("The clone " + clone));
    }
    return store.atomic()
        ? oneMoment(server, source, clone, wanted)
        : underBackup(server, source, clone, wanted);
  }

  private Sharing still(String source, String clone, Sharing wanted, Stages stages)
      throws IOException {
    var sharing = store.clone(source, clone, wanted);
    stages.done("volume");
    CrashPoint.VOLUME_FILLED.reached();
    takeOver(clone, Optional.empty());
    stages.done("taking over").end();
    return sharing;
  }

  /// The clone looks like a server that lost power. Little is recovered in less time than a
  /// checkpoint takes, which the source would feel, too; more is written by one before.
  private Sharing oneMoment(PostgresServer server, String source, String clone, Sharing wanted)
      throws IOException {
    var stages = Stages.of("The clone " + clone);
    try (var session = server.process().session()) {
      stages.done("session");
      if (session.bytesOfLog() > SOON_RECOVERED) {
        session.checkpoint();
        stages.done("checkpoint");
      } else {
        // Also what was committed without waiting for the disk.
        session.commitMark();
        stages.done("mark");
      }
    }
    return still(source, clone, wanted, stages);
  }

  /// Files copied at different moments fit together by the WAL between the backup's start and its
  /// end, which is copied last.
  private Sharing underBackup(PostgresServer server, String source, String clone, Sharing wanted)
      throws IOException {
    try (var session = server.process().session()) {
      var backup = Backup.start(session, installation.major());
      var sharing = store.clone(source, clone, wanted);
      CrashPoint.VOLUME_FILLED.reached();
      var label = backup.stop();
      store.copyAgain(source, clone, WAL);
      takeOver(clone, Optional.of(label));
      return sharing;
    }
  }

  private void takeOver(String clone, Optional<String> backupLabel) throws IOException {
    var server = servers.server(clone, installation);
    server.takeOver(backupLabel);
    server.comesFresh();
  }
}
