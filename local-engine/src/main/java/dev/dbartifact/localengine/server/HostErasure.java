package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Removes a database host with all that it holds, and nothing that is not its own.
public final class HostErasure {
  private static final String POOL = "pool";

  /// Everything that a host makes in its data directory.
  private static final List<String> OWN =
      List.of(
          POOL,
          "pool.img",
          "volumes",
          "unclaimed",
          "trash",
          "postgres",
          "run",
          "log",
          "tls",
          "host.lock");

  private HostErasure() {}

  /// Ends the servers, discards the volumes, unmounts the pool, and deletes the host's files.
  ///
  /// @throws HostException if the pool is still in use: its files are then left alone
  public static void erase(Path dataDirectory) throws HostException {
    var directories = directories(dataDirectory);
    // Opening finds servers and mounts that a killed engine left; closing ends them.
    try (var host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults())) {
      for (var id : host.stored()) {
        host.discard(id);
      }
      host.discardUnclaimed();
    }
    try {
      requireUnmounted(dataDirectory);
      for (var name : OWN) {
        Trees.delete(dataDirectory.resolve(name));
      }
      // It may lie elsewhere; opening has made sure that it is the host's.
      directories.erase();
    } catch (IOException e) {
      throw Failures.of("Could not remove the database host in " + dataDirectory, e);
    }
  }

  private static ServerDirectories directories(Path dataDirectory) throws HostException {
    try {
      return ServerDirectories.at(dataDirectory.toRealPath());
    } catch (IOException e) {
      throw Failures.of("Could not look for the database host in " + dataDirectory, e);
    }
  }

  /// Removes only the volumes that no cluster accounts for, and answers how many there were.
  public static int eraseUnclaimed(Path dataDirectory) throws HostException {
    try (var host = PostgresHost.open(dataDirectory, PostgresHost.Options.defaults())) {
      return host.discardUnclaimed();
    }
  }

  private static void requireUnmounted(Path dataDirectory) throws IOException {
    var pool = dataDirectory.resolve(POOL);
    if (Files.exists(pool) && !Files.getFileStore(pool).equals(Files.getFileStore(dataDirectory))) {
      throw new IOException(
          "the storage pool is still mounted on "
              + pool
              + "; end what works on it, and run the same command again");
    }
  }
}
