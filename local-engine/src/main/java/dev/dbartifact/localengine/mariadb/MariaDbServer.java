package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// MariaDB on one data directory: makes its content, and starts it.
///
/// @param account that it runs as
/// @param authority signs its certificate
public record MariaDbServer(
    MariaDbProcess process,
    MariaDbInstallation installation,
    ServerAccount account,
    Authority authority) {
  private static final Logger LOG = LoggerFactory.getLogger(MariaDbServer.class);
  private static final int NO_PORT = 3306;

  /// Fills the data directory, which must not exist, with an empty database that only the engine
  /// can enter.
  public void initialise() throws IOException {
    fill(new InitialTables(installation).sql(account.engineUser()));
  }

  /// Makes the user who may do everything that RDS lets its customers do, and the first database.
  public void add(MasterUser user) throws IOException {
    fill(user.sql() + script(fence()));
    Fence.isUpFromNowOn(files());
  }

  private Fence fence() {
    return new Fence(engine());
  }

  private EngineAccount engine() {
    return new EngineAccount(account.engineUser());
  }

  private static String script(Fence fence) {
    return fence.statements().stream().collect(Collectors.joining(";\n", "", ";\n"));
  }

  private void raiseFence() throws IOException {
    if (!process.running() || !raisedFenceInSession()) {
      process.stop();
      fill("flush privileges;\n" + script(fence()));
    }
    Fence.isUpFromNowOn(files());
  }

  private boolean raisedFenceInSession() throws IOException {
    try (var session = session()) {
      // Its replicas have other accounts of replicas, and would stop at those that they lack.
      session.execute("SET SESSION sql_log_bin = 0");
      session.executeAll(fence().statements());
      return true;
    } catch (LockedOutException e) {
      LOG.warn("The server of {} is started again. {}", process.name(), e.getMessage());
      return false;
    }
  }

  private void fill(String sql) throws IOException {
    write(privately(Role.ALONE));
    launching().runScript(sql);
  }

  private void write(MariaDbSettings settings) throws IOException {
    files().prepare(account);
    account.letRead(Files.writeString(files().conf(), settings.conf()));
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    writeStartScript("");
    start(privately(Role.startedWith(before())));
  }

  /// Starts it and waits until it takes logins; it follows nobody. A server that already runs so at
  /// this address runs on, and takes over what can change meanwhile; any other is started again.
  ///
  /// @param parameters in place of the engine's settings
  /// @param replicas the volumes of those that follow it; all others are forgotten
  /// @throws dev.dbartifact.localengine.program.AddressTakenException if something else listens
  ///   there
  public void start(
      List<InetAddress> addresses,
      int port,
      Tls tls,
      Map<String, String> parameters,
      Collection<String> replicas)
      throws IOException {
    writeStartScript(
        Role.of(parameters) == Role.ALONE
            ? ""
            : Receiving.isOver() + ReplicaAccounts.atStart(process.name(), replicas));
    certificate().renew(tls.identity());
    if (start(settings(Role.of(parameters), addresses, port, tls, parameters))) {
      // Whether it has what its files say, an engine that was killed has told nobody.
      reload(addresses, port, tls, parameters);
    }
  }

  /// What it runs before it takes logins.
  private void writeStartScript(String sql) throws IOException {
    files().prepare(account);
    account.letRead(
        Files.writeString(files().startScript(), StartScript.of(engine().atStart() + sql)));
  }

  /// Starts it as one that takes nothing from users.
  ///
  /// @param sql that it runs before it takes logins, see [Receiving]; nobody else can read it
  public void startReplica(
      List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters, String sql)
      throws IOException {
    files().prepare(account);
    var script = files().startScript();
    Files.deleteIfExists(script);
    Files.createFile(
        script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    account.own(Files.writeString(script, StartScript.of(engine().atStart() + sql)));
    certificate().renew(tls.identity());
    try {
      start(settings(Role.REPLICA, addresses, port, tls, parameters));
    } finally {
      Files.delete(script);
    }
  }

  /// Whether it follows another, or did when it ran last.
  public boolean isReplica() throws IOException {
    return Role.startedWith(before()) == Role.REPLICA;
  }

  /// Whether it runs and listens there.
  public boolean listens(List<InetAddress> addresses, int port, Tls tls) throws IOException {
    return process.running()
        && sameAddress(settings(Role.startedWith(before()), addresses, port, tls, Map.of()));
  }

  /// Lets the running server show a certificate that says this. It reads the file also where that
  /// says so already: who wrote it may have failed to tell the server.
  public void certify(Identity identity) throws IOException {
    certificate().renew(identity);
    try (var session = session()) {
      session.reloadCertificate();
    }
  }

  private ServerCertificate certificate() {
    return ServerCertificate.in(files().settings(), authority, account);
  }

  /// The first of the addresses at which it listens, for replicas.
  ///
  /// @throws IOException if it does not run, or for the engine alone, or cannot be followed
  public InetSocketAddress address() throws IOException {
    var settings = before();
    if (!process.running() || !"0".equals(settings.get("skip_networking"))) {
      throw new IOException("The server of " + process.name() + " does not run");
    }
    if (Role.startedWith(settings) != Role.SOURCE) {
      throw new IOException("The server of " + process.name() + " writes no binary log");
    }
    return new InetSocketAddress(
        InetAddress.ofLiteral(settings.get("bind_address").split(",")[0]),
        Integer.parseInt(settings.get("port")));
  }

  private static String joined(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  private MariaDbSettings privately(Role role) {
    return new MariaDbSettings(
        role, process.name(), Optional.empty(), NO_PORT, Optional.empty(), Map.of(), files());
  }

  private MariaDbSettings settings(
      Role role, List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters) {
    return new MariaDbSettings(
        role,
        process.name(),
        Optional.of(joined(addresses)),
        port,
        Optional.of(new MariaDbTls(certificate().file(), authority.bundle(), tls.required())),
        parameters,
        files());
  }

  /// Whether it was running already, as these settings want it.
  private boolean start(MariaDbSettings settings) throws IOException {
    if (!isFenced()) {
      raiseFence();
    }
    return begin(settings);
  }

  private boolean begin(MariaDbSettings settings) throws IOException {
    var running = process.pid();
    if (running.isPresent() && sameAddress(settings)) {
      process.thaw();
      launching().awaitReadiness(ProcessHandle.of(running.get()));
      if (letsIn()) {
        return true;
      }
    }
    if (settings.role() != Role.REPLICA && isReplica()) {
      new Promotion(process, account).finishReceived();
    }
    process.stop();
    new Received(files()).remove();
    if (settings.role() == Role.ALONE) {
      endBinaryLog();
    }
    write(settings);
    if (settings.role() == Role.SOURCE) {
      prepareBinaryLog();
    }
    launching().launch();
    return false;
  }

  private boolean letsIn() throws IOException {
    try {
      session().close();
      return true;
    } catch (LockedOutException e) {
      LOG.warn("The server of {} is started again. {}", process.name(), e.getMessage());
      return false;
    }
  }

  /// A server that was killed, and is to write none any more, does not start while something is
  /// prepared.
  private void endBinaryLog() throws IOException {
    var log = new BinaryLog(files());
    if (log.isThere()) {
      write(privately(Role.SOURCE));
      log.discard();
      launching().commitPrepared();
      // It has begun another one.
      log.discard();
      log.ends();
    }
  }

  private void prepareBinaryLog() throws IOException {
    var log = new BinaryLog(files());
    if (log.isInDoubt()) {
      log.discard();
      launching().commitPrepared();
    }
    log.begins();
  }

  /// How much it has logged for replicas and not let go of, in bytes.
  public long logged() throws IOException {
    return new BinaryLog(files()).size();
  }

  /// Lets the running server give back room of the disk that it has no use for; see
  /// [TemporarySpace].
  public void giveBackSpareRoom() throws IOException {
    new TemporarySpace(process).giveBackOnce();
  }

  /// What a server was started with stands in its settings.
  private boolean sameAddress(MariaDbSettings settings) throws IOException {
    var before = before();
    var now = OptionFile.parse(settings.conf());
    return List.of(
            "bind_address",
            "port",
            "skip_networking",
            Role.BINARY_LOG,
            Role.READ_ONLY,
            MariaDbTls.CERTIFICATE)
        .stream()
        .allMatch(name -> Objects.equals(before.get(name), now.get(name)));
  }

  private Map<String, String> before() throws IOException {
    try {
      return OptionFile.parse(Files.readString(files().conf()));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  /// Lets the running server take over what can change while it runs. What its file says, it has:
  /// should the engine end in between, the next one finds what is still to be told.
  public void reload(List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters)
      throws IOException {
    certify(tls.identity());
    var settings = settings(Role.startedWith(before()), addresses, port, tls, parameters);
    try (var session = session()) {
      session.set(changed(before(), OptionFile.parse(settings.conf())));
    }
    write(settings);
  }

  /// By the variables' names; null for what is not set any more.
  static Map<String, String> changed(Map<String, String> before, Map<String, String> now) {
    var changed = new LinkedHashMap<String, String>();
    before.forEach((name, value) -> {
      if (!now.containsKey(name)) {
        changed.put(MariaDbSettings.variable(name), null);
      }
    });
    now.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        changed.put(MariaDbSettings.variable(name), value);
      }
    });
    return changed;
  }

  /// A session with the running server, with all privileges.
  ///
  /// @throws LockedOutException if the server does not know the engine
  public MariaDbSession session() throws IOException {
    // There, the engine has the account of an older one.
    return isFenced() ? engine().enter(process) : process.session(account.engineUser());
  }

  /// Whether users are kept away as this engine does it; a start sees to that.
  public boolean isFenced() throws IOException {
    return Fence.isUp(files());
  }

  /// Copies the files while the server stands still.
  public void whileFrozen(MariaDbProcess.Copying copying) throws IOException {
    process.whileFrozen(copying);
  }

  private Launching launching() {
    return new Launching(process, installation, account);
  }

  private MariaDbFiles files() {
    return process.files();
  }
}
