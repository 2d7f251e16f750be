package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.volume.LeftVolumes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What still runs or is mounted for a data directory whose engine was killed.
public final class Leftovers {

  private Leftovers() {}

  /// What was ended.
  ///
  /// @param servers how many database servers
  /// @param pool whether the storage pool was unmounted
  public record Ended(int servers, boolean pool) {
    public boolean nothing() {
      return servers == 0 && !pool;
    }
  }

  /// How many database servers run on the volumes of this directory.
  public static int servers(Path dataDirectory) throws HostException {
    try {
      var directory = dataDirectory.toRealPath();
      return running(directory, LeftVolumes.of(directory)).size();
    } catch (IOException e) {
      throw Failures.of("Could not look for database servers of " + dataDirectory, e);
    }
  }

  /// Where the volumes are that no cluster accounted for.
  public static List<Path> unclaimed(Path dataDirectory) throws HostException {
    try {
      return LeftVolumes.of(dataDirectory.toRealPath()).unclaimed();
    } catch (IOException e) {
      throw Failures.of("Could not look for volumes in " + dataDirectory, e);
    }
  }

  /// Stops the servers cleanly, ends what else the engine ran, and unmounts the pool; volumes and
  /// records stay as they are.
  ///
  /// @throws HostException also if an engine works there
  public static Ended end(Path dataDirectory) throws HostException {
    try {
      var directory = dataDirectory.toRealPath();
      try (var lock = DirectoryLock.take(directory)) {
        var stuck = StuckPrograms.after(lock, ServerAccount.find());
        var volumes = LeftVolumes.of(directory);
        var servers = running(directory, volumes);
        end(servers);
        stuck.requireGone();
        return new Ended(servers.size(), volumes.unmount());
      }
    } catch (IOException e) {
      throw Failures.of("Could not end what the engine left in " + dataDirectory, e);
    }
  }

  /// All of them, also where one does not end.
  private static void end(List<Daemon> servers) throws IOException {
    var failures = new ArrayList<IOException>();
    for (var server : servers) {
      try {
        server.stop();
        server.endOrphans();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      var first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }

  private static List<Daemon> running(Path directory, LeftVolumes volumes) throws IOException {
    var running = new ArrayList<Daemon>();
    var directories = ServerDirectories.in(directory);
    for (var volume : volumes.paths()) {
      var name = volume.getFileName().toString();
      var server = directories.daemon(name, volume);
      if (server.atWork()) {
        running.add(server);
      }
    }
    return running;
  }
}
