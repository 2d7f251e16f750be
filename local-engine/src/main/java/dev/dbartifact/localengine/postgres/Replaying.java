package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// Brings a server to what it was at a moment, by log that lies beside its data directory.
///
/// @param account that it runs as
public record Replaying(PostgresServer server, ServerAccount account) {
  static final String SIGNAL = "recovery.signal";

  /// Makes the directory that the log belongs into which is to be replayed.
  public Path folder() throws IOException {
    var folder = Files.createDirectory(files().data().resolveSibling(Replay.FOLDER));
    account.letPass(folder);
    return folder;
  }

  /// Replays the log in [#folder] until that moment: of what was committed, all up to it and
  /// nothing after it. The server does not run afterwards, has a timeline of its own, and needs the
  /// folder no more.
  ///
  /// @param parameters in place of the engine's settings
  public void until(Instant moment, Map<String, String> parameters) throws IOException {
    account.own(Files.createFile(files().data().resolve(SIGNAL)));
    var replay = new Replay(moment, parameters);
    try {
      server.startPrivately(replay.settings());
    } catch (IOException e) {
      if (!Replay.endedEarly(e)) {
        throw e;
      }
      server.startPrivately(replay.settingsToTheEnd());
    }
    server.process().stop();
  }

  private ServerFiles files() {
    return server.process().files();
  }
}
