package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings to the disk, in the background, what clones did not wait for: on a busy file system that
/// takes longer than making them, and nobody needs to wait for it.
final class Hardening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Hardening.class);

  private final VolumeStore store;
  private final Servers servers;
  private final Set<String> ending = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Hardening(VolumeStore store, Servers servers) {
    this.store = store;
    this.servers = servers;
  }

  /// The volume's own blocks.
  void volume(String name) {
    threads.execute(() -> {
      try {
        store.harden(name);
      } catch (IOException e) {
        if (Files.exists(store.path(name))) {
          LOG.warn(
              "The clone {} may be lost in a power failure within the next seconds: {}",
              name,
              e.getMessage());
        }
      }
    });
  }

  /// What the server wrote since its first start.
  void server(String name, InstalledServers.Server server) {
    threads.execute(() -> {
      try {
        server.dbms().flush(name, server.version());
      } catch (IOException e) {
        warnIfItRuns(name, e);
      }
    });
  }

  /// Ends a server. One that stops brings everything to the disk itself, and of one whose volume
  /// goes nobody wants anything: what could not be flushed meanwhile is no news.
  void ending(String name, Failures.Step end) throws IOException {
    ending.add(name);
    try {
      end.run();
    } finally {
      ending.remove(name);
    }
  }

  private void warnIfItRuns(String name, IOException reason) {
    try {
      if (!ending.contains(name) && servers.daemon(name).running()) {
        LOG.warn(
            "The clone {} is lost if the machine loses power before it is stopped: {}",
            name,
            reason.getMessage());
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
      LOG.warn("Could not tell whether the server of {} runs", name, reason);
    }
  }

  /// Waits for what is under way.
  @Override
  public void close() {
    threads.close();
  }
}
