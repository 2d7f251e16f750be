package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the server on a data directory is a standby: what its files say, and what it says itself
/// while it runs.
///
/// @param account that it runs as
public record StandbyRole(ServerProcess process, ServerAccount account) {
  static final String SIGNAL = "standby.signal";

  /// Older ones end instead (PostgreSQL documentation, "Hot Standby", "Administrator's Overview").
  private static final int FIRST_MAJOR_THAT_PAUSES = 14;

  /// Makes it a standby, from its next start on. Its data directory is a clone of its source's.
  public void begin(Standby standby) throws IOException {
    written().include(ServerSettings.STANDBY, standby.conf());
    account.own(Files.createFile(process.files().data().resolve(SIGNAL)));
  }

  /// Whether its files are those of a standby, be it running or not.
  public boolean isOn() {
    return isOn(process.files().data());
  }

  /// The same of any data directory.
  public static boolean isOn(Path data) {
    return Files.exists(data.resolve(SIGNAL));
  }

  /// Whether the standby, which runs, has stopped to replay what it receives. The engine asks none
  /// to, and users may not: it does so by itself, and for good, where its source has begun with
  /// more of a setting of [Standby#NEVER_BELOW_THE_SOURCE] than it has.
  public boolean hasPaused() throws IOException {
    if (process.major() < FIRST_MAJOR_THAT_PAUSES) {
      return false;
    }
    try (var session = process.session()) {
      return session
          .query(
              "SELECT 1 WHERE pg_is_in_recovery() AND pg_get_wal_replay_pause_state() = 'paused'")
          .isPresent();
    }
  }

  /// Ends that the server, which runs, is a standby.
  public void promote() throws IOException {
    try (var session = process.session()) {
      session.promote();
    }
  }

  /// Whether it was a standby, and [#forgetSource] has not ended that.
  public boolean wasOn() {
    return !isOn() && written().includes(ServerSettings.STANDBY);
  }

  /// Makes it a server like any other, once its source has forgotten it.
  public void forgetSource() throws IOException {
    written().exclude(ServerSettings.STANDBY);
    process.reload();
  }

  private SettingsFiles written() {
    return new SettingsFiles(process.files(), account);
  }
}
