package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.tls.AuthorityFacts;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.localengine.volume.Sharing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Clusters as volumes with PostgreSQL or MariaDB servers on them, below one directory.
///
/// Nothing is kept in memory but locks: what is there is what the directory holds, and a server
/// that outlived its engine is found again. So opening is also what repairs: half-made volumes and
/// those on their way out are removed.
public final class PostgresHost implements DatabaseHost {
  private final HostParts parts;

  private PostgresHost(HostParts parts) {
    this.parts = parts;
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
    return new PostgresHost(
        Failures.asking(
            "open the database host in " + dataDirectory,
            () -> HostParts.open(dataDirectory, options.poolSize())));
  }

  /// How clones are made here: `btrfs`, `reflink` or `plain copy`.
  public String storageKind() {
    return parts.store.kind();
  }

  @Override
  public History history() {
    return parts.history;
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    parts.volumes.create(id, database);
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    return parts.copies.make(source, id, wanted);
  }

  @Override
  public void harden(StorageId id) throws HostException {
    parts.volumes.harden(id);
  }

  @Override
  public CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      Preparation preparation)
      throws HostException {
    return parts.copies.replace(source, id, readers, wanted, preparation);
  }

  @Override
  public MajorUpgrades majorUpgrades() {
    return parts.majorUpgrades;
  }

  @Override
  public void addLog(StorageId id, String kind, String text) throws HostException {
    Failures.trying(
        "write the log %s of '%s'".formatted(kind, id),
        () -> parts.servers.logs(id.value()).add(kind, text, Instant.now()));
  }

  @Override
  public void start(
      StorageId id, Listen listen, Map<String, String> parameters, Optional<Topology> topology)
      throws HostException {
    parts.running.start(id, listen, parameters, topology);
  }

  @Override
  public void tell(StorageId id, Topology topology) throws HostException {
    parts.instructions.tell(id, topology);
  }

  @Override
  public void watch(Consumer<StorageId> ended) {
    parts.running.tell(ended);
  }

  @Override
  public Map<String, String> reload(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    return parts.instructions.reload(id, listen, parameters);
  }

  @Override
  public void certify(StorageId id, Identity identity) throws HostException {
    parts.instructions.certify(id, identity);
  }

  @Override
  public List<ServerParameter> parameters(ServerKind kind, String version) throws HostException {
    return parts.instructions.parameters(kind, version);
  }

  @Override
  public void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException {
    parts.running.stop(id, closed, inVain);
  }

  @Override
  public boolean running(StorageId id) {
    return parts.running.isRunning(id);
  }

  @Override
  public void follow(
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws HostException {
    parts.readers.follow(source, id, listen, parameters, topology);
  }

  @Override
  public Optional<String> endOfFollowing(StorageId id) throws HostException {
    return parts.readers.end(id);
  }

  @Override
  public void unfollow(StorageId source, StorageId id) throws HostException {
    parts.readers.unfollow(source, id);
  }

  @Override
  public Optional<String> masterVerifier(StorageId id, String user) throws HostException {
    return parts.instructions.masterVerifier(id, user);
  }

  @Override
  public void changeMasterPassword(StorageId id, String user, String verifier)
      throws HostException {
    parts.instructions.changeMasterPassword(id, user, verifier);
  }

  @Override
  public boolean sharesBlocks() {
    return parts.store.best() == Sharing.SHARED;
  }

  @Override
  public boolean scarce(double share) throws HostException {
    return parts.volumes.scarce(share);
  }

  @Override
  public void discard(StorageId id) throws HostException {
    parts.volumes.discard(id);
  }

  @Override
  public void setAside(StorageId id) throws HostException {
    parts.volumes.setAside(id);
  }

  @Override
  public boolean takeBack(StorageId id) throws HostException {
    return parts.volumes.takeBack(id);
  }

  /// Removes the volumes that were set aside, and answers how many there were.
  int discardUnclaimed() throws HostException {
    return parts.volumes.discardUnclaimed();
  }

  @Override
  public Set<StorageId> stored() throws HostException {
    return parts.volumes.all();
  }

  @Override
  public boolean isWhole(StorageId id) throws HostException {
    return parts.volumes.isWhole(id);
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    return parts.volumes.usage(id);
  }

  @Override
  public String engineVersion(StorageId id) {
    return parts.volumes.engineVersion(id);
  }

  @Override
  public List<String> installedVersions(ServerKind kind) {
    return parts.installed.dbms(kind).versions();
  }

  @Override
  public AuthorityFacts authority() throws HostException {
    return Failures.asking("read the authority's certificate", parts.servers.authority()::facts);
  }

  @Override
  public List<LogFile> logs(StorageId id) throws HostException {
    return Failures.asking(
        "list the logs of '%s'".formatted(id), parts.servers.logs(id.value())::list);
  }

  @Override
  public String advice(ServerKind kind) {
    return parts.installed.dbms(kind).advice();
  }

  @Override
  public void close() {
    parts.close();
  }
}
