package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.AddressTakenException;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One version of PostgreSQL on one data directory: makes its content, starts it, and says what it
/// is from its next start on: a clone, a standby, or a server like any other.
public final class PostgresServer {
  /// In the name of the private socket of a server that listens on no address.
  private static final int PRIVATE_PORT = 5432;

  private final ServerProcess process;
  private final Installation installation;
  private final ServerAccount account;
  private final ServerStorage storage;
  private final SettingsFiles written;
  private final Launching launching;
  private final ServerCertificate certificate;

  public PostgresServer(
      ServerProcess process,
      Installation installation,
      ServerAccount account,
      ServerStorage storage,
      Authority authority) {
    this.process = process;
    this.installation = installation;
    this.account = account;
    this.storage = storage;
    this.written = new SettingsFiles(process.files(), account);
    this.launching = new Launching(process, installation, account);
    this.certificate = ServerCertificate.in(process.files().settings(), authority, account);
  }

  /// Fills the data directory, which must not exist, with an empty database that only the superuser
  /// can enter.
  public void initialise() throws IOException {
    account.makeClosed(files().data());
    Program.run(account.as(new InitialDatabase(installation, files().data()).command()));
    startPrivately();
    process.stop();
  }

  /// Its process, if it has one.
  public ServerProcess process() {
    return process;
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    startPrivately(Map.of());
  }

  /// The same, with settings in place of the engine's.
  public void startPrivately(Map<String, String> parameters) throws IOException {
    start(settings(Optional.empty(), PRIVATE_PORT, Optional.empty(), parameters), parameters);
  }

  /// Starts it and waits until it takes logins. A server that already runs at this address runs on,
  /// and takes over what can change meanwhile; one at another address is started again.
  ///
  /// @param parameters in place of the engine's settings
  /// @throws AddressTakenException if something else listens there
  public void start(List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters)
      throws IOException {
    var stages = Stages.of("The certificate of " + process.name());
    written.prepare();
    certificate.renew(tls.identity());
    stages.done("renewal").end();
    if (start(settings(addresses, port, tls, parameters), parameters)) {
      // Whether it has read what its files say, an engine that was killed has told nobody.
      written.write(settings(addresses, port, tls, parameters));
      process.reload();
    }
  }

  private static String joined(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  /// Whether it runs and listens there.
  public boolean listens(List<InetAddress> addresses, int port, Tls tls) throws IOException {
    return launching.listens(settings(addresses, port, tls, Map.of()));
  }

  /// Lets the running server show a certificate that says this. It reads the file also where that
  /// says so already: who wrote it may have failed to tell the server.
  public void certify(Identity identity) throws IOException {
    certificate.renew(identity);
    process.reload();
  }

  /// Lets the running server take over what can change while it runs, and waits until it has.
  ///
  /// @return the parameters whose values it refuses, and what it says of them; it keeps what it had
  ///   of these, and starts with none of them
  public Map<String, String> reload(
      List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters)
      throws IOException {
    certificate.renew(tls.identity());
    written.write(settings(addresses, port, tls, parameters));
    var refused = new Rereading(process).run();
    refused.keySet().retainAll(parameters.keySet());
    return refused;
  }

  private ServerSettings settings(
      List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters) {
    return settings(
        Optional.of(joined(addresses)),
        port,
        Optional.of(new ServerTls(certificate.file(), tls.required())),
        parameters);
  }

  private ServerSettings settings(
      Optional<String> address, int port, Optional<ServerTls> tls, Map<String, String> parameters) {
    var chosen = new LinkedHashMap<>(installation.preloaded());
    chosen.putAll(parameters);
    return new ServerSettings(
        installation.major(), process.name(), address, port, tls, storage, chosen, files());
  }

  /// Whether it was running already, as these settings want it.
  private boolean start(ServerSettings settings, Map<String, String> parameters)
      throws IOException {
    if (!Foundation.MARK.isOn(files()) && !replays()) {
      lay(parameters, () -> new Foundation(installation.major()).lay(process));
    }
    if (isAurora() && !AuroraFunctions.MARK.isOn(files()) && !replays()) {
      lay(parameters, this::layAuroraFunctions);
    }
    return launching.run(settings);
  }

  /// Whether it takes its content from elsewhere until further notice.
  private boolean replays() {
    return Stream.of(StandbyRole.SIGNAL, Replaying.SIGNAL)
        .anyMatch(signal -> Files.exists(files().data().resolve(signal)));
  }

  private boolean isAurora() {
    return written.includes(AuroraFunctions.SETTINGS)
        && installation.major() >= AuroraFunctions.FIRST_MAJOR;
  }

  /// Brings something into a server that runs, or is started for that alone.
  private void lay(Map<String, String> parameters, ClosedDatabases.Visit what) throws IOException {
    var running = process.running();
    if (!running) {
      launching.run(settings(Optional.empty(), PRIVATE_PORT, Optional.empty(), parameters));
    }
    try {
      what.run();
    } catch (IOException e) {
      if (!running) {
        process.stop();
      }
      throw e;
    }
  }

  /// Makes it one of Aurora's, from its next start on, and lets it tell this of its cluster, from
  /// now on.
  ///
  /// @param cluster as `aurora.sql` reads it
  public void tell(String cluster) throws IOException {
    written.replace(AuroraFunctions.CLUSTER, cluster);
    // While it runs, it has the settings that it was started with.
    if (!written.includes(AuroraFunctions.SETTINGS) || !process.running()) {
      written.replace(
          AuroraFunctions.SETTINGS, "rds.extensions = '%s'\n".formatted(installation.extensions()));
    }
  }

  /// Lays the functions of Aurora into the running server, in all its databases and in those to
  /// come; nothing into one that is too old for them.
  public void layAuroraFunctions() throws IOException {
    if (installation.major() >= AuroraFunctions.FIRST_MAJOR) {
      AuroraFunctions.lay(process);
    }
  }

  /// What keeps its databases from the major version of another installation, for people; empty
  /// where nothing is known to. It must run.
  public List<String> upgradeProblems(Installation target) throws IOException {
    return new UpgradeChecks(process, target.allExtensions()).problems();
  }

  /// The same of the version that another server has.
  List<String> upgradeProblems(PostgresServer target) throws IOException {
    return upgradeProblems(target.installation);
  }

  /// Lets its next start be the [FirstStart] of a clone.
  public void comesFresh() throws IOException {
    FirstStart.of(files()).comes();
  }

  /// Whether it began, as a clone, without waiting for the disk, and [#flush] has not ended that.
  public boolean unflushed() {
    return FirstStart.of(files()).isUnflushed();
  }

  /// Lets it wait for the disk from now on, and brings there what it has written so far.
  public void flush() throws IOException {
    var stages = Stages.of("The flush of " + process.name());
    written.exclude(ServerSettings.FIRST_START);
    process.reload();
    try (var session = process.sessionThatWaitsForTheDisk()) {
      stages.done("fsync is on");
      session.checkpoint();
      stages.done("checkpoint");
    }
    FirstStart.of(files()).ends();
    stages.done("file system").end();
  }

  /// Makes a data directory that was copied from that of a running server one of its own. Slots are
  /// for those who read from the source, and would keep WAL here for ever.
  ///
  /// @param backupLabel the label of the backup during which it was copied, if it was
  public void takeOver(Optional<String> backupLabel) throws IOException {
    Files.deleteIfExists(files().data().resolve("postmaster.pid"));
    Files.deleteIfExists(files().data().resolve("postmaster.opts"));
    new Slots(files().data()).clear();
    if (backupLabel.isPresent()) {
      var label = files().data().resolve("backup_label");
      Files.deleteIfExists(label);
      Files.createFile(label);
      account.own(label);
      Files.writeString(label, backupLabel.get());
    }
    FirstStart.of(files()).isOver();
  }

  /// Removes the slots of standbys that are not there; they would keep WAL for ever. The server
  /// must not run.
  ///
  /// @param standbys the names of those that are
  public void removeSlotsExcept(Set<String> standbys) throws IOException {
    new Slots(files().data()).clearExcept(standbys);
  }

  /// Whether it is a standby.
  public StandbyRole standby() {
    return new StandbyRole(process, account);
  }

  /// The way back to an earlier moment of it.
  public Replaying replaying() {
    return new Replaying(this, account);
  }

  /// Where its private socket is, if it runs: the port is part of the name.
  public OptionalInt port() throws IOException {
    return process.postmaster().stream().mapToInt(Postmaster::port).findFirst();
  }

  private ServerFiles files() {
    return process.files();
  }
}
