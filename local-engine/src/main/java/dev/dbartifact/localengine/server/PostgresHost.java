package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.localengine.postgres.DumpPrograms;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.ServerStorage;
import dev.dbartifact.localengine.program.Ahead;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.AuthorityFacts;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
  private final PostgresHistory history;
  private final Removal removal;
  private final Making making;
  private final RunningServers running;
  private final Readers readers;
  private final Copies copies;
  private final MajorUpgrades majorUpgrades;
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
    this.history = new PostgresHistory(store, servers, installed);
    this.removal = new Removal(store, servers, hardening, history);
    this.making = new Making(store, removal);
    this.running = new RunningServers(store, installed, servers, hardening);
    this.readers = new Readers(store, installed, running, hardening, making, removal);
    var replacement = new Replacement(store, servers, hardening, history, removal);
    this.copies = new Copies(store, installed, hardening, making, replacement);
    var upgrading = new Upgrading(store, servers, creation, hardening, removal, replacement);
    this.majorUpgrades = new PostgresUpgrades(installed, servers, upgrading);
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
    var authority = Ahead.of(() -> Authority.open(directory));
    var programs = Ahead.of(DumpPrograms::find);
    try {
      var installations = Installations.find(directory.resolve("postgres"));
      var store = VolumeStore.open(directory, options.poolSize());
      var storage = new ServerStorage(store.atomic(), store.space().size());
      var servers =
          new Servers(ServerDirectories.in(directory), account, store, storage, authority.get());
      var kinds =
          List.<Dbms>of(
              new PostgresDbms(store, servers, installations, programs.get()),
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
    new Repair(store, servers, installed, removal).run();
    // A volume that is gone has no history, also not where another is about to take its place.
    history.open();
    store.finishReplacements();
    store.sweep();
  }

  @Override
  public History history() {
    return new TidyHistory(history, installed, making);
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    var server = installed.of(database.kind(), database.version());
    making.trying(
        id, "create", () -> creation.run(id.value(), server.dbms(), server.version(), database));
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    return copies.make(source, id, wanted);
  }

  @Override
  public void harden(StorageId id) throws HostException {
    Failures.trying(
        "make sure that '%s' is on the disk".formatted(id), () -> store.harden(id.value()));
  }

  @Override
  public CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      Preparation preparation)
      throws HostException {
    return copies.replace(source, id, readers, wanted, preparation);
  }

  @Override
  public MajorUpgrades majorUpgrades() {
    return majorUpgrades;
  }

  @Override
  public void addLog(StorageId id, String kind, String text) throws HostException {
    Failures.trying(
        "write the log %s of '%s'".formatted(kind, id),
        () -> servers.logs(id.value()).add(kind, text, Instant.now()));
  }

  @Override
  public void start(
      StorageId id, Listen listen, Map<String, String> parameters, Optional<Topology> topology)
      throws HostException {
    running.start(id, listen, parameters, topology);
  }

  @Override
  public void tell(StorageId id, Topology topology) throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "let '%s' tell of its cluster".formatted(id),
        () -> server.dbms().tell(id.value(), server.version(), topology));
  }

  @Override
  public void watch(Consumer<StorageId> ended) {
    running.tell(ended);
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
  public void certify(StorageId id, Identity identity) throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "renew the certificate of '%s'".formatted(id),
        () -> server.dbms().certify(id.value(), server.version(), identity));
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
    running.stop(id, closed, inVain);
  }

  @Override
  public boolean running(StorageId id) {
    return running.isRunning(id);
  }

  @Override
  public void follow(
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws HostException {
    readers.follow(source, id, listen, parameters, topology);
  }

  @Override
  public Optional<String> endOfFollowing(StorageId id) throws HostException {
    return readers.end(id);
  }

  @Override
  public void unfollow(StorageId source, StorageId id) throws HostException {
    readers.unfollow(source, id);
  }

  @Override
  public Optional<String> masterVerifier(StorageId id, String user) throws HostException {
    var server = installed.of(id);
    return Failures.asking(
        "read what '%s' keeps in place of the password of user '%s'".formatted(id, user),
        () -> server.dbms().verifier(id.value(), server.version(), user));
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
  public boolean sharesBlocks() {
    return store.best() == Sharing.SHARED;
  }

  @Override
  public boolean scarce(double share) throws HostException {
    return Failures.asking("ask how full the storage is", () -> store.space().staysScarce(share));
  }

  @Override
  public void discard(StorageId id) throws HostException {
    Failures.trying("discard '%s'".formatted(id), () -> removal.run(id.value()));
  }

  @Override
  public void setAside(StorageId id) throws HostException {
    if (!Files.exists(store.path(id.value()))) {
      return;
    }
    Failures.trying("set '%s' aside".formatted(id), () -> removal.setAside(id.value()));
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
  public boolean isWhole(StorageId id) throws HostException {
    return Failures.asking(
        "ask whether '%s' is complete".formatted(id), () -> store.seal(id.value()).isPresent());
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
  public AuthorityFacts authority() throws HostException {
    return Failures.asking("read the authority's certificate", servers.authority()::facts);
  }

  @Override
  public List<LogFile> logs(StorageId id) throws HostException {
    return Failures.asking("list the logs of '%s'".formatted(id), servers.logs(id.value())::list);
  }

  @Override
  public String advice(ServerKind kind) {
    return installed.dbms(kind).advice();
  }

  @Override
  public void close() {
    // Each whatever becomes of the others; the lock last.
    try (lock;
        store;
        hardening) {
      running.stopAll();
    } catch (IOException e) {
      LOG.warn("Could not close the database host cleanly: {}", e.getMessage());
    }
  }
}
