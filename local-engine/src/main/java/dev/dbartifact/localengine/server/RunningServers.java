package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The servers of volumes while they run: starts, watches and stops them.
final class RunningServers {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServers.class);

  private final VolumeStore store;
  private final InstalledServers installed;
  private final Servers servers;
  private final Hardening hardening;
  private final ServerWatch watch = new ServerWatch();

  RunningServers(
      VolumeStore store, InstalledServers installed, Servers servers, Hardening hardening) {
    this.store = store;
    this.installed = installed;
    this.servers = servers;
    this.hardening = hardening;
  }

  /// See [DatabaseHost#start(StorageId, Listen, Map, Optional)].
  void start(
      StorageId id, Listen listen, Map<String, String> parameters, Optional<Topology> topology)
      throws HostException {
    mendStorage();
    var server = installed.of(id);
    Failures.trying(
        "start the server of '%s' on %s".formatted(id, listen),
        () -> {
          store.space().makeRoom();
          server.dbms().start(id.value(), server.version(), listen, parameters, topology);
          watch(id);
        });
    hardening.server(id.value(), server);
  }

  /// A write that found no room breaks the storage for all servers. They cannot write any more, so
  /// that nothing is lost with them; each is started again when its end is noticed.
  private void mendStorage() throws HostException {
    Failures.trying(
        "mend the storage, which a full disk has broken",
        () -> {
          synchronized (watch) {
            if (store.space().broken()) {
              store.space().requireRoom();
              LOG.warn("Mounting the storage again, which a full disk has broken");
              endAll();
              store.space().mend();
            }
          }
        });
  }

  /// What they leave running would keep the storage busy. What it holds can perhaps not be read any
  /// more.
  private void endAll() throws IOException {
    watch.endAll();
    if (store.space().reachable()) {
      for (var name : servers.directories().served()) {
        servers.daemon(name).endOrphans();
      }
    }
  }

  /// See [DatabaseHost#watch].
  void tell(Consumer<StorageId> ended) {
    watch.tell(ended);
  }

  /// Watches the server of a volume, which has just been started or found.
  void watch(StorageId id) throws IOException {
    watch.watch(id, daemon(id));
  }

  boolean isRunning(StorageId id) {
    try {
      return daemon(id).running();
    } catch (IOException e) {
      LOG.warn("Could not tell whether the server of {} runs: {}", id, e.getMessage());
      return false;
    }
  }

  /// See [DatabaseHost#stop(StorageId, Runnable, BooleanSupplier)].
  void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException {
    // Also where the volume is gone already: nothing runs there then.
    Failures.trying(
        "stop the server of '%s'".formatted(id),
        () -> hardening.ending(id.value(), () -> daemon(id).stop(closed, inVain)));
  }

  /// Stops all of them at once. Of servers whose files are out of reach none can be asked to stop,
  /// and none has anything left to write.
  void stopAll() throws IOException {
    if (!store.space().reachable()) {
      watch.endAll();
      return;
    }
    var stopping = new ArrayList<CompletableFuture<Void>>();
    for (var name : store.names()) {
      stopping.add(CompletableFuture.runAsync(() -> stopQuietly(name), Thread::startVirtualThread));
    }
    stopping.forEach(CompletableFuture::join);
  }

  private void stopQuietly(String name) {
    try {
      servers.daemon(name).stop();
    } catch (IOException e) {
      LOG.warn("Could not stop the server of {}: {}", name, e.getMessage());
    }
  }

  Daemon daemon(StorageId id) {
    return servers.daemon(id.value());
  }
}
