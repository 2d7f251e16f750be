package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.localengine.postgres.DumpPrograms;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.ServerStorage;
import dev.dbartifact.localengine.program.Ahead;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a host, put together; opened and closed as one.
final class HostParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostParts.class);

  private final DirectoryLock lock;
  private final Hardening hardening;
  private final PostgresHistory kept;
  private final Removal removal;
  private final LogBounds logBounds;
  final VolumeStore store;
  final InstalledServers installed;
  final Servers servers;
  final History history;
  final StoredVolumes volumes;
  final RunningServers running;
  final Instructions instructions;
  final Readers readers;
  final Copies copies;
  final MajorUpgrades majorUpgrades;

  private HostParts(
      DirectoryLock lock,
      StuckPrograms stuck,
      VolumeStore store,
      InstalledServers installed,
      Servers servers) {
    this.lock = lock;
    this.store = store;
    this.installed = installed;
    this.servers = servers;
    hardening = new Hardening(store, servers);
    var creation = new Creation(store);
    kept = new PostgresHistory(store, servers, installed);
    removal = new Removal(store, servers, hardening, kept, stuck);
    var making = new Making(store, removal);
    history = new TidyHistory(kept, installed, making);
    volumes = new StoredVolumes(store, installed, creation, making, removal);
    running = new RunningServers(store, installed, servers, hardening);
    instructions = new Instructions(installed, new ParameterTable(creation, store, servers));
    readers = new Readers(store, installed, running, hardening, making, removal);
    var replacement = new Replacement(store, servers, hardening, kept, removal);
    copies = new Copies(store, installed, hardening, making, replacement);
    var upgrading = new Upgrading(store, servers, creation, hardening, removal, replacement);
    majorUpgrades = new PostgresUpgrades(installed, servers, upgrading);
    logBounds = new LogBounds(servers.directories(), installed.kinds());
  }

  /// See [PostgresHost#open].
  static HostParts open(Path dataDirectory, PoolSize poolSize) throws IOException {
    var account = ServerAccount.find();
    if (!Files.exists(dataDirectory)) {
      account.letPass(Files.createDirectories(dataDirectory));
    }
    var directory = dataDirectory.toRealPath();
    account.requireReach(directory);
    var lock = DirectoryLock.take(directory);
    try {
      var parts = in(directory, poolSize, account, lock);
      parts.repair();
      return parts;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static HostParts in(
      Path directory, PoolSize poolSize, ServerAccount account, DirectoryLock lock)
      throws IOException {
    // Before anything is looked for or thrown away.
    var stuck = StuckPrograms.after(lock, account);
    var mariaDb = Ahead.of(MariaDbInstallation::find);
    var authority = Ahead.of(() -> Authority.open(directory));
    var programs = Ahead.of(DumpPrograms::find);
    var installations = Installations.find(directory.resolve("postgres"));
    var store = VolumeStore.open(directory, poolSize);
    var storage = new ServerStorage(store.atomic(), store.space().size());
    var servers =
        new Servers(ServerDirectories.in(directory), account, store, storage, authority.get());
    var kinds =
        List.<Dbms>of(
            new PostgresDbms(store, servers, installations, programs.get()),
            new MariaDbDbms(servers, mariaDb.get()));
    return new HostParts(lock, stuck, store, new InstalledServers(store, kinds), servers);
  }

  /// Removes what cannot be used of what an earlier host has left behind.
  private void repair() throws IOException {
    new Repair(store, installed, removal).run();
    // A volume that is gone has no history, also not where another is about to take its place.
    kept.open();
    store.finishReplacements();
    hardenTheRest();
    store.sweep();
    logBounds.begin();
  }

  /// What an earlier host was killed before it was on the disk, or made without copies of seals.
  private void hardenTheRest() throws IOException {
    var left = new ArrayList<String>();
    for (var name : store.names()) {
      if (store.seal(name).isPresent() && !store.isHardened(name)) {
        left.add(name);
      }
    }
    hardening.left(left);
  }

  /// Stops the servers. Each whatever becomes of the others; the lock goes last.
  @Override
  public void close() {
    try (lock;
        store;
        hardening) {
      logBounds.close();
      running.stopAll();
    } catch (IOException e) {
      LOG.warn("Could not close the database host cleanly: {}", e.getMessage());
    }
  }
}
