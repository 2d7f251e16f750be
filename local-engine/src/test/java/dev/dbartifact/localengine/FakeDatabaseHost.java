package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.LogFile;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.ServerParameter;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Topology;
import dev.dbartifact.localengine.tls.AuthorityFacts;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.Tls;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Volumes and servers in memory. Work can be held back, and made to fail.
final class FakeDatabaseHost extends FakeVolumes {

  /// What each running server was told, by its volume.
  final Map<StorageId, Map<String, String>> parameters = new ConcurrentHashMap<>();

  /// The versions of MariaDB that are installed, which an engine asks for when it starts.
  List<String> mariaDb = List.of();

  /// Readers that have stopped to follow, and why; until they are made anew.
  final Map<StorageId, String> strayed = new ConcurrentHashMap<>();

  /// What each server of Aurora tells of its cluster.
  final Map<StorageId, Topology> told = new ConcurrentHashMap<>();

  /// The volumes whose servers cannot be told.
  final Set<StorageId> deaf = ConcurrentHashMap.newKeySet();

  /// The volumes whose server had written everything when it ended.
  final Set<StorageId> written = ConcurrentHashMap.newKeySet();

  /// How often a server that runs was let tell something else.
  final AtomicInteger tellings = new AtomicInteger();

  /// How often a server was to take over other settings.
  final AtomicInteger reloads = new AtomicInteger();

  /// How often a server was to show another certificate.
  final AtomicInteger certifications = new AtomicInteger();

  /// What was added to the logs of servers, by kind.
  final Map<String, String> addedLogs = new ConcurrentHashMap<>();

  /// Whether all servers were stopped, for good.
  volatile boolean closed;

  private volatile Consumer<StorageId> ended = id -> {};

  /// The volume whose server listens at the address.
  StorageId storageAt(String address) {
    return volumes.entrySet().stream()
        .filter(each -> each.getValue().listen() != null)
        .filter(each -> each.getValue().listen().address().getHostAddress().equals(address))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /// From now on it is what an engine finds after another one that was killed: its servers run on.
  void takeOverServed(FakeDatabaseHost other) {
    takeOver(other);
    volumes.putAll(other.volumes);
    parameters.putAll(other.parameters);
  }

  @Override
  void kill(StorageId id) {
    volumes.computeIfPresent(id, (any, volume) -> volume.listening(null));
    ended.accept(id);
  }

  /// The same, and nobody notices.
  void killSecretly(StorageId id) {
    volumes.computeIfPresent(id, (any, volume) -> volume.listening(null));
  }

  @Override
  public void watch(Consumer<StorageId> told) {
    ended = told;
  }

  @Override
  public void start(
      StorageId id, Listen listen, Map<String, String> chosen, Optional<Topology> topology)
      throws HostException {
    work();
    starting();
    topology.ifPresent(each -> told.put(id, each));
    parameters.put(id, taken(id, listen, chosen));
    volumes.put(id, volume(id).listening(listen));
    if (followed.remove(id) != null) {
      words.computeIfPresent(id, (any, held) -> new CopyOnWriteArrayList<>(held));
    }
  }

  /// One that listens there already runs on, without what it takes only at its start.
  private Map<String, String> taken(StorageId id, Listen listen, Map<String, String> chosen)
      throws HostException {
    var of = volume(id).listen();
    var runsOn =
        of != null && of.addresses().equals(listen.addresses()) && of.port() == listen.port();
    if (!runsOn && !FakeParameters.refused(chosen).isEmpty()) {
      throw new HostException("It ended while it was starting");
    }
    return runsOn
        ? FakeParameters.reloaded(parameters.getOrDefault(id, Map.of()), chosen)
        : Map.copyOf(chosen);
  }

  @Override
  public void tell(StorageId id, Topology topology) throws HostException {
    tellings.incrementAndGet();
    if (deaf.contains(id)) {
      throw new HostException("The files of '" + id + "' cannot be written");
    }
    told.put(id, topology);
  }

  @Override
  public void follow(
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> chosen,
      Optional<Topology> topology)
      throws HostException {
    work();
    starting();
    topology.ifPresent(each -> told.put(id, each));
    if (!running(source)) {
      throw new HostException("The server of '" + source + "' does not run");
    }
    var of = volume(source);
    parameters.put(id, Map.copyOf(chosen));
    volumes.put(id, new Volume(of.version(), of.password(), CloneKind.COPY_ON_WRITE, listen));
    followed.put(id, source);
    strayed.remove(id);
    words.put(id, words.computeIfAbsent(source, any -> new CopyOnWriteArrayList<>()));
  }

  @Override
  public Optional<String> endOfFollowing(StorageId id) {
    return Optional.ofNullable(strayed.get(id));
  }

  @Override
  public void unfollow(StorageId source, StorageId id) throws HostException {
    unfollowing();
    followed.remove(id);
    discard(id);
  }

  @Override
  public void discard(StorageId id) throws HostException {
    super.discard(id);
    told.remove(id);
  }

  @Override
  public boolean running(StorageId id) {
    return volumes.containsKey(id) && volumes.get(id).listen() != null;
  }

  @Override
  public void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException {
    work();
    ending(id);
    closed.run();
    if (awaitWritten(inVain)) {
      written.add(id);
    }
    kill(id);
  }

  @Override
  public Map<String, String> reload(StorageId id, Listen listen, Map<String, String> chosen)
      throws HostException {
    reloads.incrementAndGet();
    work();
    var had = parameters.getOrDefault(id, Map.of());
    parameters.put(id, FakeParameters.taken(had, chosen));
    volumes.put(id, volume(id).listening(listen));
    return FakeParameters.refused(had, chosen);
  }

  @Override
  public void certify(StorageId id, Identity identity) throws HostException {
    certifications.incrementAndGet();
    work();
    var listen = volume(id).listen();
    var tls = new Tls(identity, listen.tls().required());
    volumes.put(
        id,
        volume(id).listening(new Listen(listen.address(), listen.port(), listen.others(), tls)));
  }

  @Override
  public String verifier(ServerKind kind, Secret password) {
    return backwards(password.reveal());
  }

  private static String backwards(String text) {
    return new StringBuilder(text).reverse().toString();
  }

  @Override
  public Optional<String> masterVerifier(StorageId id, String user) throws HostException {
    work();
    reading();
    if (!running(id)) {
      starting();
    }
    var verifier = Optional.ofNullable(volume(id).password()).map(FakeDatabaseHost::backwards);
    afterReading.run();
    return verifier;
  }

  /// Is run when the password of a master user has been read.
  volatile Runnable afterReading = () -> {};

  /// Why no server takes a new password; null where they do.
  volatile String passwordFailure;

  /// How often a server was given one.
  final AtomicInteger passwordAttempts = new AtomicInteger();

  @Override
  public void changeMasterPassword(StorageId id, String user, String verifier)
      throws HostException {
    work();
    passwordAttempts.incrementAndGet();
    if (passwordFailure != null) {
      throw new HostException(passwordFailure);
    }
    volumes.put(id, volume(id).with(backwards(verifier)));
  }

  @Override
  public List<ServerParameter> parameters(ServerKind kind, String version) {
    return kind == ServerKind.POSTGRESQL ? FakeParameters.ALL : FakeParameters.MARIADB;
  }

  @Override
  public AuthorityFacts authority() {
    return new AuthorityFacts(
        Instant.parse("2030-01-01T00:00:00Z"),
        Instant.parse("2069-12-22T00:00:00Z"),
        "0123456789abcdef0123456789abcdef01234567");
  }

  @Override
  public List<String> installedVersions(ServerKind kind) {
    return kind == ServerKind.POSTGRESQL ? List.of("17.11", "15.18") : mariaDb;
  }

  @Override
  public String advice(ServerKind kind) {
    return "Install it.";
  }

  @Override
  public List<LogFile> logs(StorageId id) {
    return FakeLogs.ALL;
  }

  @Override
  public void addLog(StorageId id, String kind, String text) {
    addedLogs.put(kind, text);
  }

  @Override
  public void close() {
    closed = true;
    release();
    volumes.replaceAll((id, volume) -> volume.listening(null));
  }
}
