package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.localengine.postgres.FirstStart;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.ServerStorage;
import dev.dbartifact.localengine.program.Ahead;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clusters as volumes with PostgreSQL or MariaDB servers on them, below one directory.
///
/// Nothing is kept in memory but locks: what is there is what the directory holds, and a server
/// that outlived its engine is found again. So opening is also what repairs: half-made volumes and
/// those on their way out are removed.
public final class PostgresHost implements DatabaseHost {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresHost.class);

  private final VolumeStore store;
  private final InstalledServers installed;
  private final Servers servers;
  private final Creation creation;
  private final ParameterTable parameterTable;
  private final Hardening hardening;
  private final ServerWatch watch = new ServerWatch();
  private final PostgresHistory history;
  private final DirectoryLock lock;

  private PostgresHost(
      VolumeStore store, InstalledServers installed, Servers servers, DirectoryLock lock) {
    this.lock = lock;
    this.store = store;
    this.installed = installed;
    this.servers = servers;
    this.hardening = new Hardening(store, servers);
    this.creation = new Creation(store);
    this.parameterTable = new ParameterTable(creation, store, servers);
    this.history = new PostgresHistory(store, servers, this::postgresOn, this::makingOf);
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
    var mariaDb = Ahead.of(MariaDbInstallation::find);
    try {
      var installations = Installations.find(directory.resolve("postgres"));
      var store = VolumeStore.open(directory, options.poolSize());
      var storage = new ServerStorage(store.atomic(), store.size());
      var servers = new Servers(ServerDirectories.in(directory), account, store, storage);
      var kinds =
          List.<Dbms>of(
              new PostgresDbms(store, servers, installations),
              new MariaDbDbms(servers, mariaDb.get()));
      var host = new PostgresHost(store, new InstalledServers(store, kinds), servers, lock);
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
      if (store.damaged(name)) {
        LOG.warn("Setting the volume {} aside, whose volume.json cannot be read", name);
        servers.daemon(name).stop();
        store.setAside(name);
      } else if (store.seal(name).isEmpty()) {
        LOG.info("Removing the volume {}, which was never completed", name);
        remove(name);
      } else if (new FirstStart(store.path(name)).isLost()) {
        LOG.warn("The clone {} is lost: the machine went down moments after it was made", name);
        remove(name);
      } else if (Creation.outdated(name, installed.kinds())) {
        LOG.info("Removing {}, whose server is not here any more", name);
        remove(name);
      }
    }
    history.open();
    store.sweep();
  }

  @Override
  public History history() {
    return new TidyHistory(history, installed);
  }

  private Optional<Installation> postgresOn(String volume) throws IOException {
    return store
        .seal(volume)
        .map(Seal::postgres)
        .flatMap(version ->
            installed.kinds().stream()
                .flatMap(dbms -> dbms instanceof PostgresDbms it ? Stream.of(it) : Stream.empty())
                .filter(dbms -> dbms.choose(version).isPresent())
                .map(dbms -> dbms.installation(version))
                .findFirst());
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    var server = installed.of(database.kind(), database.version());
    making(
        id,
        "create",
        () -> {
          creation.run(id.value(), server.dbms(), server.version(), database);
          return null;
        });
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    var from = installed.of(source);
    return making(
        id,
        "copy '%s' to".formatted(source),
        () -> {
          var sharing =
              from.dbms().copy(source.value(), id.value(), sharing(wanted), from.version());
          CrashPoint.VOLUME_UNSEALED.reached();
          store.seal(from.dbms().seal(id.value(), from.version()));
          CrashPoint.VOLUME_SEALED.reached();
          hardening.volume(id.value());
          return sharing == Sharing.SHARED ? CloneKind.COPY_ON_WRITE : CloneKind.FULL_COPY;
        });
  }

  private static Sharing sharing(CloneKind kind) {
    return switch (kind) {
      case COPY_ON_WRITE -> Sharing.SHARED;
      case FULL_COPY -> Sharing.SEPARATE;
    };
  }

  @Override
  public void start(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    mendStorage();
    var server = installed.of(id);
    Failures.trying(
        "start the server of '%s' on %s".formatted(id, listen),
        () -> {
          store.makeRoom();
          server.dbms().start(id.value(), server.version(), listen, parameters);
          watch.watch(id, servers.daemon(id.value()));
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
            if (store.broken()) {
              store.requireRoom();
              LOG.warn("Mounting the storage again, which a full disk has broken");
              watch.endAll();
              store.mend();
            }
          }
        });
  }

  @Override
  public void watch(Consumer<StorageId> ended) {
    watch.tell(ended);
  }

  @Override
  public void reload(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "change the settings of '%s'".formatted(id),
        () -> server.dbms().reload(id.value(), server.version(), listen, parameters));
  }

  @Override
  public List<ServerParameter> parameters(ServerKind kind, String version) throws HostException {
    var server = installed.of(kind, version);
    return Failures.asking(
        "ask %s %s for its settings".formatted(kind.title(), version),
        () -> parameterTable.of(server.dbms(), server.version()));
  }

  @Override
  public void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException {
    // Also where the volume is gone already: nothing runs there then.
    Failures.trying(
        "stop the server of '%s'".formatted(id),
        () -> hardening.ending(id.value(), () -> servers.daemon(id.value()).stop(closed, inVain)));
  }

  @Override
  public boolean running(StorageId id) {
    try {
      return servers.daemon(id.value()).running();
    } catch (IOException e) {
      LOG.warn("Could not tell whether the server of {} runs: {}", id, e.getMessage());
      return false;
    }
  }

  @Override
  public void follow(StorageId source, StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    var server = installed.of(source);
    try {
      if (server.dbms().isFollowing(source.value(), id.value(), server.version(), listen)) {
        watch.watch(id, servers.daemon(id.value()));
        return;
      }
      if (!servers.daemon(source.value()).running()) {
        // What it has is not given up for nothing.
        throw new HostException(
            "Could not make a reader of '%s', '%s': its server does not run".formatted(source, id));
      }
      remove(id.value());
    } catch (IOException e) {
      throw Failures.of("Could not make '%s' follow '%s'".formatted(id, source), e);
    }
    making(
        id,
        "make a reader of '%s',".formatted(source),
        () -> {
          server.dbms().follow(source.value(), id.value(), server.version(), listen, parameters);
          watch.watch(id, servers.daemon(id.value()));
          hardening.server(id.value(), server);
          return null;
        });
  }

  @Override
  public void unfollow(StorageId source, StorageId id) throws HostException {
    try {
      remove(id.value());
      if (store.seal(source.value()).isPresent()) {
        var server = installed.of(source);
        server.dbms().forget(source.value(), id.value(), server.version());
      }
    } catch (IOException e) {
      throw Failures.of("Could not end the reader '%s' of '%s'".formatted(id, source), e);
    }
  }

  @Override
  public void changeMasterPassword(StorageId id, String user, String verifier)
      throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "change the password of user '%s' of '%s'".formatted(user, id),
        () -> server.dbms().changePassword(id.value(), server.version(), user, verifier));
  }

  @Override
  public void discard(StorageId id) throws HostException {
    Failures.trying("discard '%s'".formatted(id), () -> remove(id.value()));
  }

  private void remove(String name) throws IOException {
    hardening.ending(name, () -> servers.daemon(name).abandon());
    store.discard(name);
    servers.clear(name);
    history.forget(name);
  }

  @Override
  public void setAside(StorageId id) throws HostException {
    if (!Files.exists(store.path(id.value()))) {
      return;
    }
    try {
      hardening.ending(id.value(), () -> servers.daemon(id.value()).stop());
      servers.daemon(id.value()).endOrphans();
      store.setAside(id.value());
      servers.clear(id.value());
      history.forget(id.value());
    } catch (IOException e) {
      throw Failures.of("Could not set '%s' aside".formatted(id), e);
    }
  }

  @Override
  public boolean takeBack(StorageId id) throws HostException {
    return Failures.asking("take '%s' back".formatted(id), () -> store.takeBack(id.value()));
  }

  /// Removes the volumes that were set aside, and answers how many there were.
  int discardUnclaimed() throws HostException {
    return Failures.asking("remove the volumes that were set aside", store::discardUnclaimed);
  }

  @Override
  public Set<StorageId> stored() throws HostException {
    return Failures.asking("list the volumes", store::names).stream()
        .filter(name -> !name.contains("."))
        .map(StorageId::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    installed.of(id);
    var extent = Failures.asking("measure '%s'".formatted(id), () -> store.measure(id.value()));
    return new Usage(extent.total(), extent.exclusive(), extent.total() - extent.exclusive());
  }

  @Override
  public String engineVersion(StorageId id) {
    try {
      return installed.of(id).version();
    } catch (HostException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  public List<String> installedVersions(ServerKind kind) {
    return installed.dbms(kind).versions();
  }

  @Override
  public String advice(ServerKind kind) {
    return installed.dbms(kind).advice();
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
      servers.daemon(name).stop();
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
    CrashPoint.VOLUME_UNMADE.reached();
    try {
      return making.run();
    } catch (IOException e) {
      var failure = Failures.of("Could not %s '%s'".formatted(verb, id), e);
      undo(id, failure);
      throw failure;
    } catch (HostException | RuntimeException e) {
      undo(id, e);
      throw e;
    }
  }

  private void makingOf(StorageId id, String verb, PostgresHistory.Making.Step step)
      throws HostException {
    making(
        id,
        verb,
        () -> {
          step.run();
          return null;
        });
  }

  private void undo(StorageId id, Exception failure) {
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
}
