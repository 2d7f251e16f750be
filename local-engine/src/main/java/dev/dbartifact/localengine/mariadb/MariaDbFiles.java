package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Path;

/// Where the files of one server lie. Only `data` is part of the volume; the rest is remade at each
/// start, so that nothing of a source's address or log travels into a clone.
///
/// @param data what MariaDB calls the data directory
/// @param settings `my.cnf`; the engine's
/// @param socketFolder the private unix socket's directory; the server's, and closed to everybody
///   else
/// @param log the server's log
public record MariaDbFiles(Path data, Path settings, Path socketFolder, Path log) {
  Path conf() {
    return settings.resolve("my.cnf");
  }

  /// SQL that it runs before it takes logins.
  Path startScript() {
    return settings.resolve("start.sql");
  }

  /// What the server says before it has opened its log.
  Path startLog() {
    return settings.resolve("start.log");
  }

  /// The server's own: at its start it removes all temporary tables that it finds there, also those
  /// of other servers at work.
  Path temporary() {
    return settings.resolve("tmp");
  }

  Path socket() {
    return socketFolder.resolve("s");
  }

  Path pidFile() {
    return socketFolder.resolve("pid");
  }

  Path errorLog() {
    return GrowingLog.ERROR.in(this);
  }

  void prepare(ServerAccount account) throws IOException {
    account.makePassable(settings.getParent());
    account.makePassable(settings);
    account.makePassable(log.getParent());
    account.makeClosed(socketFolder);
    account.makeClosed(log);
    account.makeClosed(temporary());
    account.makeClosed(data);
  }
}
