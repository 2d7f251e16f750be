package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.tls.AuthorityFacts;
import dev.dbartifact.localengine.tls.Identity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Storage and compute of all clusters: volumes and the database servers that run on them.
/// Blocking; may be called from several threads, calls about one storage are serialised by the
/// caller.
public interface DatabaseHost extends AutoCloseable {

  /// Makes a volume with an empty database: master user, password, first database. No server runs
  /// afterwards. Undoes itself when it fails.
  void create(StorageId id, NewDatabase database) throws HostException;

  /// Makes `id` a copy-on-write clone of `source` (whose server may be running).
  /// [CloneKind#FULL_COPY] copies every block. Answers how it was really made.
  CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException;

  /// Waits until a power failure can take the volume no more, of which that can be said of each
  /// some seconds after it was made.
  default void harden(StorageId id) throws HostException {}

  /// Learns from a server, which runs or can be started, what is to be kept of it.
  @FunctionalInterface
  interface Preparation {
    /// Nothing is to be kept.
    Preparation NONE = () -> () -> {};

    /// @return keeps that; it is run while the server ends, and is over before anything of the
    ///   server is thrown away
    Runnable run() throws HostException;
  }

  /// Puts a copy of `source` in the place of `id`, of which nothing is left but the name: its
  /// server ends at once, whatever it was at, and its history goes. No server runs on it
  /// afterwards. If the copy cannot be made, the data of `id` are what they were; its server may
  /// have ended. Answers how the copy was really made.
  ///
  /// @param readers of `id`, which go
  /// @param preparation is run before anything ends: while the copy is made where that takes
  ///   moments, else before it; if it fails, nothing happens
  CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      Preparation preparation)
      throws HostException;

  /// Adds a file to the logs of its server.
  ///
  /// @param kind the name of the file, which gets the time besides
  default void addLog(StorageId id, String kind, String text) throws HostException {}

  /// Starts the server and returns when it answers; one that was a reader writes from then on, and
  /// its source forgets it. The server listens on `listen.addresses()` only (plus a private unix
  /// socket). Idempotent.
  default void start(StorageId id, Listen listen) throws HostException {
    start(id, listen, Map.of());
  }

  /// The same, with settings of the server in place of the engine's, by name. A server that runs
  /// already keeps those that it has. MariaDB with `log_bin` set to `0` is somewhat faster, and
  /// cannot be followed.
  default void start(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    start(id, listen, parameters, Optional.empty());
  }

  /// The same for a server of an Aurora cluster, which has its functions, and tells this.
  void start(
      StorageId id, Listen listen, Map<String, String> parameters, Optional<Topology> topology)
      throws HostException;

  /// Lets a server that runs tell this of its cluster from now on.
  default void tell(StorageId id, Topology topology) throws HostException {}

  /// Makes `id` a reader of `source`, whose server must be running: a server of its own that
  /// receives what the source writes, and answers questions only. A reader that runs at these
  /// addresses already only takes over what can change meanwhile; any other is made anew, whatever
  /// its volume held.
  ///
  /// @throws HostException also where servers of this kind cannot be followed
  default void follow(StorageId source, StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    follow(source, id, listen, parameters, Optional.empty());
  }

  /// The same for a server of an Aurora cluster, which tells this.
  default void follow(
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws HostException {
    throw new HostException("The servers of '%s' have no readers".formatted(source));
  }

  /// Why a reader, whose server runs, shows no longer what its source writes, and will not by
  /// itself: [#follow] makes it anew. Nothing as long as it follows, or tries to.
  default Optional<String> endOfFollowing(StorageId id) throws HostException {
    return Optional.empty();
  }

  /// Ends the reader and removes its volume. Idempotent.
  default void unfollow(StorageId source, StorageId id) throws HostException {
    discard(id);
  }

  /// Lets a running server take over those settings that can change while it runs, its certificate
  /// among them, and waits until it has.
  ///
  /// @return the parameters whose values it refuses, and what it says of them; it keeps what it had
  ///   of these, and may not start with them
  Map<String, String> reload(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException;

  /// Lets a running server show a certificate that says this. Idempotent.
  void certify(StorageId id, Identity identity) throws HostException;

  /// What settings the servers of a version have.
  ///
  /// @param version one of [#installedVersions]
  List<ServerParameter> parameters(ServerKind kind, String version) throws HostException;

  /// Of PostgreSQL.
  default List<ServerParameter> parameters(String version) throws HostException {
    return parameters(ServerKind.POSTGRESQL, version);
  }

  /// Stops the server cleanly. Idempotent.
  default void stop(StorageId id) throws HostException {
    stop(id, () -> {}, () -> false);
  }

  /// The same, for a server whose data may come to be thrown away meanwhile.
  ///
  /// @param closed is run once, when it takes no more sessions, or was not running; it may still
  ///   write then
  /// @param inVain whether nobody needs what it writes any more, asked again and again: it ends at
  ///   once then
  void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException;

  boolean running(StorageId id);

  /// Tells from now on when a server that was started or found by [#start] or [#follow] has ended,
  /// by itself or because it was asked to; that of an earlier engine, some seconds later.
  ///
  /// @param ended is called from threads of the host's own
  void watch(Consumer<StorageId> ended);

  /// What servers of this kind keep in place of a password. It may be written down where nobody
  /// else reads: it serves to set the password, and not to log in.
  default String verifier(ServerKind kind, Secret password) {
    return Verifier.of(kind, password);
  }

  /// What the server keeps in place of the master user's password, in the form that
  /// [#changeMasterPassword] takes; empty if there is no such user, or none with a password. A
  /// server that does not run is started for that alone.
  Optional<String> masterVerifier(StorageId id, String user) throws HostException;

  /// Sets the password of the master user, and restores the rights that it began with; one that is
  /// gone, or has another name, is made again. A server that does not run is started for that
  /// alone, where nobody else reaches it, and stopped again.
  ///
  /// @param verifier of the password, see [#verifier]
  void changeMasterPassword(StorageId id, String user, String verifier) throws HostException;

  /// Other major versions of PostgreSQL for the volumes.
  MajorUpgrades majorUpgrades();

  /// Earlier states of the volumes.
  default History history() {
    return History.NONE;
  }

  /// Whether a copy of a volume can take no room of its own until one side is written to.
  default boolean sharesBlocks() {
    return false;
  }

  /// Whether less than this share of the storage is free, or less than 1 GiB, once what was
  /// discarded is given back.
  default boolean scarce(double share) throws HostException {
    return false;
  }

  /// Removes the volume and its history, after stopping its server. Idempotent.
  void discard(StorageId id) throws HostException;

  /// Stops the server and moves the volume out of the way, for lack of a record of it; nothing is
  /// lost. Idempotent.
  void setAside(StorageId id) throws HostException;

  /// Whether a volume of that name had been set aside, and is one again.
  boolean takeBack(StorageId id) throws HostException;

  /// Every volume that is there, complete or not.
  Set<StorageId> stored() throws HostException;

  /// Whether the volume is there, and complete.
  boolean isWhole(StorageId id) throws HostException;

  /// Bytes in total, exclusively owned, and shared with other volumes.
  Usage usage(StorageId id) throws HostException;

  /// The version of the server that the volume needs, such as `17.11`.
  ///
  /// @throws IllegalArgumentException if there is no such volume, or no such server here
  String engineVersion(StorageId id);

  /// What can be created, such as `17.11` and `15.18`, newest first; empty where this kind of
  /// server is not installed.
  List<String> installedVersions(ServerKind kind);

  /// Of PostgreSQL.
  default List<String> installedVersions() {
    return installedVersions(ServerKind.POSTGRESQL);
  }

  /// Who signs the certificates of the servers.
  AuthorityFacts authority() throws HostException;

  /// The log files of its server, whether that runs or not; none before its first start.
  List<LogFile> logs(StorageId id) throws HostException;

  /// What to do where [#installedVersions] is empty.
  String advice(ServerKind kind);

  /// Stops all servers cleanly. Volumes stay; the next start finds them again.
  @Override
  void close();
}
