package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.postgres.ServerAccount;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clusters as volumes with PostgreSQL servers on them, below one directory.
///
/// Nothing is kept in memory but locks: what is there is what the directory holds, and a server
/// that outlived its engine is found again. So opening is also what repairs: half-made volumes and
/// those on their way out are removed.
public final class PostgresHost implements DatabaseHost {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresHost.class);

  private final VolumeStore store;
  private final Installations installations;
  private final Servers servers;
  private final Creation creation;
  private final ExecutorService hardening = Executors.newVirtualThreadPerTaskExecutor();
  private final DirectoryLock lock;

  private PostgresHost(
      VolumeStore store, Installations installations, Servers servers, DirectoryLock lock) {
    this.lock = lock;
    this.store = store;
    this.installations = installations;
    this.servers = servers;
    this.creation = new Creation(store, servers);
  }

  /// What can be chosen about a host.
  ///
  /// @param poolSize of the storage pool, should one be made
  public record Options(PoolSize poolSize) {
    /// What is right for most machines.
    public static Options defaults() {
      return new Options(PoolSize.automatic());
    }
  }

  /// Opens the host that lives in this directory, which is made if need be.
  ///
  /// @throws HostException also if another process has opened it
  public static PostgresHost open(Path dataDirectory, Options options) throws HostException {
    try {
      var account = ServerAccount.find();
      if (!Files.exists(dataDirectory)) {
        account.letPass(Files.createDirectories(dataDirectory));
      }
      var directory = dataDirectory.toRealPath();
      account.requireReach(directory);
      return open(directory, options, account, DirectoryLock.take(directory));
    } catch (IOException e) {
      throw Failures.of("Could not open the database host in " + dataDirectory, e);
    }
  }

  private static PostgresHost open(
      Path directory, Options options, ServerAccount account, DirectoryLock lock)
      throws IOException {
    try {
      var installations = Installations.find(directory.resolve("postgres"));
      var store = VolumeStore.open(directory, options.poolSize());
      var servers = new Servers(ServerDirectories.in(directory), account, store);
      var host = new PostgresHost(store, installations, servers, lock);
      host.repair();
      return host;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /// How clones are made here: `btrfs`, `reflink` or `plain copy`.
  public String storageKind() {
    return store.kind();
  }

  private void repair() throws IOException {
    for (var name : store.names()) {
      if (store.seal(name).isEmpty()) {
        LOG.info("Removing the volume {}, which was never completed", name);
        remove(name);
      } else if (creation.outdated(name, installations)) {
        LOG.info("Removing {}, whose PostgreSQL is not here any more", name);
        remove(name);
      }
    }
    store.sweep();
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    var installation = installation(database.version());
    making(
        id,
        "create",
        () -> {
          creation.run(id.value(), installation, database);
          return null;
        });
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    var from = installationOf(source);
    return making(
        id,
        "copy '%s' to".formatted(source),
        () -> {
          var sharing =
              new Cloning(store, servers, from).run(source.value(), id.value(), sharing(wanted));
          store.seal(new Seal(id.value(), from.version()));
          hardenSoon(id.value());
          return sharing == Sharing.SHARED ? CloneKind.COPY_ON_WRITE : CloneKind.FULL_COPY;
        });
  }

  private static Sharing sharing(CloneKind kind) {
    return switch (kind) {
      case COPY_ON_WRITE -> Sharing.SHARED;
      case FULL_COPY -> Sharing.SEPARATE;
    };
  }

  /// On a busy file system this takes longer than making the clone; nobody needs to wait for it.
  private void hardenSoon(String name) {
    hardening.execute(() -> {
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

  @Override
  public void start(StorageId id, Listen listen) throws HostException {
    var server = server(id);
    try {
      server.start(listen.address(), listen.port());
    } catch (IOException e) {
      throw Failures.of("Could not start the server of '%s' on %s".formatted(id, listen), e);
    }
  }

  @Override
  public void stop(StorageId id) throws HostException {
    var server = server(id);
    try {
      server.process().stop();
    } catch (IOException e) {
      throw Failures.of("Could not stop the server of '%s'".formatted(id), e);
    }
  }

  @Override
  public boolean running(StorageId id) {
    try {
      return servers.process(id.value()).running();
    } catch (IOException e) {
      LOG.warn("Could not tell whether the server of {} runs: {}", id, e.getMessage());
      return false;
    }
  }

  @Override
  public void changeMasterPassword(StorageId id, String user, Secret password)
      throws HostException {
    var server = server(id);
    try (var session = server.process().session()) {
      session.changePassword(user, Verifier.of(password));
    } catch (IOException e) {
      throw Failures.of(
          "Could not change the password of user '%s' of '%s'".formatted(user, id), e);
    }
  }

  @Override
  public void discard(StorageId id) throws HostException {
    try {
      remove(id.value());
    } catch (IOException e) {
      throw Failures.of("Could not discard '%s'".formatted(id), e);
    }
  }

  private void remove(String name) throws IOException {
    servers.process(name).abandon();
    store.discard(name);
    servers.clear(name);
  }

  @Override
  public Set<StorageId> stored() throws HostException {
    try {
      var ids = new TreeSet<StorageId>();
      store.names().stream()
          .filter(name -> !name.contains("."))
          .map(StorageId::new)
          .forEach(ids::add);
      return ids;
    } catch (IOException e) {
      throw Failures.of("Could not list the volumes", e);
    }
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    installationOf(id);
    try {
      var extent = store.measure(id.value());
      return new Usage(extent.total(), extent.exclusive(), extent.total() - extent.exclusive());
    } catch (IOException e) {
      throw Failures.of("Could not measure '%s'".formatted(id), e);
    }
  }

  @Override
  public String engineVersion(StorageId id) {
    try {
      return installationOf(id).version();
    } catch (HostException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> installedVersions() {
    return installations.versions();
  }

  @Override
  public void close() {
    try {
      var stopping = new ArrayList<CompletableFuture<Void>>();
      for (var name : store.names()) {
        stopping.add(
            CompletableFuture.runAsync(() -> stopQuietly(name), Thread::startVirtualThread));
      }
      stopping.forEach(CompletableFuture::join);
      hardening.close();
      store.close();
      lock.close();
    } catch (IOException e) {
      LOG.warn("Could not close the database host cleanly: {}", e.getMessage());
    }
  }

  private void stopQuietly(String name) {
    try {
      servers.process(name).stop();
    } catch (IOException e) {
      LOG.warn("Could not stop the server of {}: {}", name, e.getMessage());
    }
  }

  private interface Making<T> {
    T run() throws IOException, HostException;
  }

  /// Makes a volume whole, or not at all.
  private <T> T making(StorageId id, String verb, Making<T> making) throws HostException {
    if (Files.exists(store.path(id.value()))) {
      throw new HostException("Could not %s '%s': it is already there".formatted(verb, id));
    }
    try {
      return making.run();
    } catch (IOException e) {
      var failure = Failures.of("Could not %s '%s'".formatted(verb, id), e);
      undo(id, failure);
      throw failure;
    }
  }

  private void undo(StorageId id, HostException failure) {
    try {
      remove(id.value());
    } catch (IOException e) {
      failure.addSuppressed(e);
      LOG.warn(
          "Left the half-made volume {} behind, to be removed at the next start: {}",
          id,
          e.getMessage());
    }
  }

  private PostgresServer server(StorageId id) throws HostException {
    return servers.server(id.value(), installationOf(id));
  }

  private Installation installationOf(StorageId id) throws HostException {
    try {
      var seal = store.seal(id.value());
      if (seal.isEmpty()) {
        throw new HostException.NotFound("There is no storage '%s'".formatted(id));
      }
      return installation(seal.get().postgres());
    } catch (IOException e) {
      throw Failures.of("Could not look at '%s'".formatted(id), e);
    }
  }

  private Installation installation(String version) throws HostException {
    return installations
        .choose(version)
        .orElseThrow(() ->
            new HostException.NotFound(
                "There is no PostgreSQL %s here; installed: %s"
                    .formatted(version, String.join(", ", installations.versions()))));
  }
}
