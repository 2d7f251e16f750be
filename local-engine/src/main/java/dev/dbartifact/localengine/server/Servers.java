package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.MariaDbProcess;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.postgres.ServerFiles;
import dev.dbartifact.localengine.postgres.ServerProcess;
import dev.dbartifact.localengine.postgres.ServerStorage;
import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;

/// The servers of the volumes, by the volume's name.
///
/// @param authority signs their certificates
record Servers(
    ServerDirectories directories,
    ServerAccount account,
    VolumeStore store,
    ServerStorage storage,
    Authority authority) {
  /// The data directory's name inside a volume.
  static final String DATA = "pgdata";

  PostgresServer server(String volume, Installation installation) {
    return new PostgresServer(process(volume), installation, account, storage, authority);
  }

  ServerProcess process(String volume) {
    return new ServerProcess(volume, files(volume));
  }

  MariaDbProcess mariaDb(String volume) {
    return directories.mariaDb(volume, store.path(volume));
  }

  /// The process of a volume, whichever server its files are for.
  Daemon daemon(String volume) {
    return directories.daemon(volume, store.path(volume));
  }

  ServerLogs logs(String volume) {
    return ServerLogs.in(directories.log().resolve(volume));
  }

  /// Removes what a server leaves outside of its volume.
  void clear(String volume) throws IOException {
    directories.clear(volume);
  }

  private ServerFiles files(String volume) {
    return directories.files(volume, store.path(volume).resolve(DATA));
  }
}
