package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.LogFile;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.ServerParameter;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Topology;
import dev.dbartifact.localengine.server.Usage;
import dev.dbartifact.localengine.tls.AuthorityFacts;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.Tls;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Volumes and servers in memory. Work can be held back, and made to fail.
final class FakeDatabaseHost implements DatabaseHost {

  /// @param listen null while no server runs
  record Volume(String version, String password, CloneKind madeBy, Listen listen) {
    Volume listening(Listen on) {
      return new Volume(version, password, madeBy, on);
    }

    Volume with(String newPassword) {
      return new Volume(version, newPassword, madeBy, listen);
    }
  }

  final Map<StorageId, Volume> volumes = new ConcurrentHashMap<>();

  /// Volumes that were set aside.
  final Map<StorageId, Volume> aside = new ConcurrentHashMap<>();

  /// What each running server was told, by its volume.
  final Map<StorageId, Map<String, String>> parameters = new ConcurrentHashMap<>();

  /// The versions of MariaDB that are installed, which an engine asks for when it starts.
  List<String> mariaDb = List.of();

  /// The readers, and whom they follow.
  final Map<StorageId, StorageId> followed = new ConcurrentHashMap<>();

  /// Readers that have stopped to follow, and why; until they are made anew.
  final Map<StorageId, String> strayed = new ConcurrentHashMap<>();

  /// What each server of Aurora tells of its cluster.
  final Map<StorageId, Topology> told = new ConcurrentHashMap<>();

  /// The volumes whose servers cannot be told.
  final Set<StorageId> deaf = ConcurrentHashMap.newKeySet();

  /// What was written to each volume; a reader has what its source has.
  final Map<StorageId, List<String>> words = new ConcurrentHashMap<>();

  final FakeHistory history = new FakeHistory(this);

  /// The volumes whose server had written everything when it ended.
  final Set<StorageId> written = ConcurrentHashMap.newKeySet();

  /// How many servers were started, or failed to.
  final AtomicInteger starts = new AtomicInteger();

  /// How often a server that runs was let tell something else.
  final AtomicInteger tellings = new AtomicInteger();

  /// How often a server was to show another certificate.
  final AtomicInteger certifications = new AtomicInteger();

  /// Whether data can be brought to another major version.
  volatile boolean upgradable = true;

  /// What keeps each volume from another major version.
  final Map<StorageId, List<String>> problems = new ConcurrentHashMap<>();

  /// What was added to the logs of servers, by kind.
  final Map<String, String> addedLogs = new ConcurrentHashMap<>();

  /// Whether copies share blocks.
  volatile boolean sharing;

  /// Whether little of the storage is free.
  volatile boolean scarce;

  private volatile Consumer<StorageId> ended = id -> {};

  private boolean held;
  private boolean writing;
  private HostException failure;
  private HostException copyFailure;
  private HostException startFailure;
  private HostException nextStartFailure;
  private HostException nextUnfollowFailure;
  private HostException nextReplacementFailure;
  private HostException verifierFailure;

  /// The volume whose server listens at the address.
  StorageId storageAt(String address) {
    return volumes.entrySet().stream()
        .filter(each -> each.getValue().listen() != null)
        .filter(each -> each.getValue().listen().address().getHostAddress().equals(address))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /// From now on, all work waits.
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    writing = false;
    notifyAll();
  }

  /// From now on, all work fails; null ends that.
  synchronized void failWith(HostException reason) {
    failure = reason;
  }

  /// From now on, no volume is copied; null ends that.
  synchronized void failCopiesWith(HostException reason) {
    copyFailure = reason;
  }

  private synchronized void copying() throws HostException {
    if (copyFailure != null) {
      throw copyFailure;
    }
  }

  /// From now on, servers do not start; null ends that.
  synchronized void failStartsWith(HostException reason) {
    startFailure = reason;
  }

  /// The next server does not start, those after it do.
  synchronized void failNextStartWith(HostException reason) {
    nextStartFailure = reason;
  }

  /// The next reader does not end.
  synchronized void failNextUnfollowWith(HostException reason) {
    nextUnfollowFailure = reason;
  }

  private synchronized void unfollowing() throws HostException {
    if (nextUnfollowFailure != null) {
      var reason = nextUnfollowFailure;
      nextUnfollowFailure = null;
      throw reason;
    }
  }

  /// Ends the server, as if its process had been killed.
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

  private synchronized void starting() throws HostException {
    starts.incrementAndGet();
    if (nextStartFailure != null) {
      var reason = nextStartFailure;
      nextStartFailure = null;
      throw reason;
    }
    if (startFailure != null) {
      throw startFailure;
    }
  }

  /// From now on, servers that are to stop write on and on, unless that is in vain.
  synchronized void writeOn() {
    writing = true;
  }

  private synchronized void awaitWritten(StorageId id, BooleanSupplier inVain)
      throws HostException {
    var needed = true;
    while (writing && needed) {
      try {
        wait(1);
      } catch (InterruptedException e) {
        throw new HostException("interrupted", e);
      }
      needed = !inVain.getAsBoolean();
    }
    if (needed) {
      written.add(id);
    }
  }

  synchronized void work() throws HostException {
    while (held) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new HostException("interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Volume volume(StorageId id) throws HostException {
    var volume = volumes.get(id);
    if (volume == null) {
      throw new HostException.NotFound("There is no volume '" + id + "'");
    }
    return volume;
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    work();
    volumes.put(id, new Volume(database.version(), database.password().reveal(), null, null));
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    work();
    copying();
    var of = volume(source);
    if (volumes.containsKey(id)) {
      throw new HostException("'" + id + "' is already there");
    }
    words.put(id, new CopyOnWriteArrayList<>(words.getOrDefault(source, List.of())));
    volumes.put(id, new Volume(of.version(), of.password(), wanted, null));
    return wanted;
  }

  @Override
  public CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      Preparation preparation)
      throws HostException {
    work();
    preparation.run();
    replacing();
    var of = volume(source);
    readers.forEach(volumes::remove);
    readers.forEach(followed::remove);
    kill(id);
    history.forget(id);
    words.put(id, new CopyOnWriteArrayList<>(words.getOrDefault(source, List.of())));
    volumes.put(id, new Volume(of.version(), of.password(), wanted, null));
    return wanted;
  }

  @Override
  public boolean upgradable(String from, String to) {
    return upgradable;
  }

  @Override
  public List<String> upgradeProblems(StorageId id, String version) throws HostException {
    work();
    return problems.getOrDefault(id, List.of());
  }

  @Override
  public void upgrade(StorageId id, String version, Collection<StorageId> readers)
      throws HostException {
    kill(id);
    replacing();
    readers.forEach(volumes::remove);
    readers.forEach(followed::remove);
    history.forget(id);
    var of = volume(id);
    volumes.put(id, new Volume(serverFor(version), of.password(), of.madeBy(), null));
  }

  private String serverFor(String version) {
    return installedVersions(ServerKind.POSTGRESQL).stream()
        .filter(each -> each.split("\\.")[0].equals(version.split("\\.")[0]))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void addLog(StorageId id, String kind, String text) {
    addedLogs.put(kind, text);
  }

  /// The next replacement, or upgrade, fails, and changes nothing.
  synchronized void failNextReplacementWith(HostException reason) {
    nextReplacementFailure = reason;
  }

  private synchronized void replacing() throws HostException {
    if (nextReplacementFailure != null) {
      var reason = nextReplacementFailure;
      nextReplacementFailure = null;
      throw reason;
    }
  }

  /// From now on, no server tells what it keeps in place of a password; null ends that.
  synchronized void failVerifiersWith(HostException reason) {
    verifierFailure = reason;
  }

  private synchronized void reading() throws HostException {
    if (verifierFailure != null) {
      throw verifierFailure;
    }
  }

  @Override
  public FakeHistory history() {
    return history;
  }

  /// Makes a copy that holds these words.
  void makeAsOf(StorageId source, StorageId id, List<String> held) throws HostException {
    copy(source, id, CloneKind.FULL_COPY);
    words.put(id, new CopyOnWriteArrayList<>(held));
  }

  @Override
  public void reload(StorageId id, Listen listen, Map<String, String> chosen) throws HostException {
    work();
    parameters.put(id, Map.copyOf(chosen));
    volumes.put(id, volume(id).listening(listen));
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
  public AuthorityFacts authority() {
    return new AuthorityFacts(
        Instant.parse("2030-01-01T00:00:00Z"),
        Instant.parse("2069-12-22T00:00:00Z"),
        "0123456789abcdef0123456789abcdef01234567");
  }

  @Override
  public List<ServerParameter> parameters(ServerKind kind, String version) {
    return kind == ServerKind.POSTGRESQL ? FakeParameters.ALL : FakeParameters.MARIADB;
  }

  @Override
  public void start(
      StorageId id, Listen listen, Map<String, String> chosen, Optional<Topology> topology)
      throws HostException {
    work();
    starting();
    topology.ifPresent(each -> told.put(id, each));
    parameters.put(id, Map.copyOf(chosen));
    volumes.put(id, volume(id).listening(listen));
    if (followed.remove(id) != null) {
      words.computeIfPresent(id, (any, held) -> new CopyOnWriteArrayList<>(held));
    }
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
  public void stop(StorageId id, Runnable closed, BooleanSupplier inVain) throws HostException {
    work();
    closed.run();
    awaitWritten(id, inVain);
    kill(id);
  }

  @Override
  public boolean running(StorageId id) {
    return volumes.containsKey(id) && volumes.get(id).listen() != null;
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
    return Optional.ofNullable(volume(id).password()).map(FakeDatabaseHost::backwards);
  }

  @Override
  public void changeMasterPassword(StorageId id, String user, String verifier)
      throws HostException {
    work();
    volumes.put(id, volume(id).with(backwards(verifier)));
  }

  @Override
  public boolean sharesBlocks() {
    return sharing;
  }

  @Override
  public boolean scarce(double share) {
    return scarce;
  }

  @Override
  public void discard(StorageId id) throws HostException {
    work();
    followed.remove(id);
    told.remove(id);
    volumes.remove(id);
    history.forget(id);
  }

  @Override
  public void setAside(StorageId id) throws HostException {
    work();
    aside.put(id, volume(id).listening(null));
    volumes.remove(id);
  }

  @Override
  public boolean takeBack(StorageId id) {
    var volume = aside.remove(id);
    if (volume != null) {
      volumes.put(id, volume);
    }
    return volume != null;
  }

  @Override
  public Set<StorageId> stored() {
    return new TreeSet<>(volumes.keySet());
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    var copied = volume(id).madeBy() == CloneKind.FULL_COPY;
    return copied ? new Usage(100, 100, 0) : new Usage(100, 40, 60);
  }

  @Override
  public String engineVersion(StorageId id) {
    return volumes.get(id).version();
  }

  @Override
  public List<String> installedVersions(ServerKind kind) {
    return kind == ServerKind.POSTGRESQL ? List.of("17.11", "15.18") : mariaDb;
  }

  @Override
  public List<LogFile> logs(StorageId id) {
    return FakeLogs.ALL;
  }

  @Override
  public String advice(ServerKind kind) {
    return "Install it.";
  }

  @Override
  public void close() {
    release();
    volumes.replaceAll((id, volume) -> volume.listening(null));
  }
}
