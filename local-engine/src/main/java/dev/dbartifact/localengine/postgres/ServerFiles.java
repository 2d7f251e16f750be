package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Path;

/// Where the files of one server lie. Only `data` is part of the volume; the rest is remade at each
/// start, so that nothing of a source's address, access rules or log travels into a clone.
///
/// @param data what PostgreSQL calls the data directory
/// @param settings `postgresql.conf` and access rules; the engine's
/// @param socket the private unix socket's directory; the server's, and closed to everybody else
/// @param log the server's log, a file for each day of the week
public record ServerFiles(Path data, Path settings, Path socket, Path log) {
  /// Paths of unix sockets end at 107 bytes (unix(7)); the name takes `/.s.PGSQL.65535`.
  public static final int LONGEST_SOCKET_DIRECTORY = 107 - "/.s.PGSQL.65535".length();

  public ServerFiles {
    if (socket.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
        > LONGEST_SOCKET_DIRECTORY) {
      throw new IllegalArgumentException("Too long for a unix socket: " + socket);
    }
  }

  void prepare(ServerAccount account) throws IOException {
    account.makePassable(settings.getParent());
    account.makePassable(settings);
    account.makePassable(log.getParent());
    account.makeClosed(socket);
    account.makeClosed(log);
  }

  Path socketFile(int port) {
    return socket.resolve(".s.PGSQL." + port);
  }
}
