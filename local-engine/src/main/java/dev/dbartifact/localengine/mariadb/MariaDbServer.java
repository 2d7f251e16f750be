package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// MariaDB on one data directory: makes its content, and starts it.
///
/// @param account that it runs as
/// @param authority signs its certificate
public record MariaDbServer(
    MariaDbProcess process,
    MariaDbInstallation installation,
    ServerAccount account,
    Authority authority) {

  /// Fills the data directory, which must not exist, with an empty database that only the engine
  /// can enter.
  public void initialise() throws IOException {
    filling().initialise();
  }

  /// Makes the user who may do everything that RDS lets its customers do, and the first database.
  public void add(MasterUser user) throws IOException {
    filling().add(user);
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    startScript().write("");
    starting().run(settings().privately(settings().role()));
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
    var role = Role.of(parameters);
    startScript().write(role == Role.ALONE ? "" : followsNobody(replicas));
    settings().certificate().renew(tls.identity());
    if (starting().run(settings().at(addresses, port, tls, role, parameters))) {
      // Whether it has what its files say, an engine that was killed has told nobody.
      reload(addresses, port, tls, parameters);
    }
  }

  private String followsNobody(Collection<String> replicas) {
    return Receiving.isOver() + ReplicaAccounts.atStart(process.name(), replicas);
  }

  /// Starts it as one that takes nothing from users.
  ///
  /// @param sql that it runs before it takes logins, see [Receiving]; nobody else can read it
  public void startReplica(
      List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters, String sql)
      throws IOException {
    startScript().writeSecretly(sql);
    settings().certificate().renew(tls.identity());
    try {
      starting().run(settings().at(addresses, port, tls, Role.REPLICA, parameters));
    } finally {
      startScript().remove();
    }
  }

  /// Whether it follows another, or did when it ran last.
  public boolean isReplica() throws IOException {
    return settings().role() == Role.REPLICA;
  }

  /// Whether it runs and listens there.
  public boolean listens(List<InetAddress> addresses, int port, Tls tls) throws IOException {
    return process.running()
        && settings().sameAddress(settings().at(addresses, port, tls, settings().role(), Map.of()));
  }

  /// Lets the running server show a certificate that says this. It reads the file also where that
  /// says so already: who wrote it may have failed to tell the server.
  public void certify(Identity identity) throws IOException {
    settings().certificate().renew(identity);
    try (var session = session()) {
      session.reloadCertificate();
    }
  }

  /// The first of the addresses at which it listens, for replicas.
  ///
  /// @throws IOException if it does not run, or for the engine alone, or cannot be followed
  public InetSocketAddress address() throws IOException {
    var address = settings().address();
    if (!process.running() || address.isEmpty()) {
      throw new IOException("The server of " + process.name() + " does not run");
    }
    if (settings().role() != Role.SOURCE) {
      throw new IOException("The server of " + process.name() + " writes no binary log");
    }
    return address.get();
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

  /// Puts logs away that have become long while it runs; see [GrowingLog]. Nothing happens where
  /// none has.
  public void boundLogs() throws IOException {
    var untold = GrowingLog.untold(files());
    var grown = GrowingLog.longOnes(files());
    if (!(untold.isEmpty() && grown.isEmpty()) && process.running()) {
      try (var session = session()) {
        for (var each : untold) {
          each.begin(files(), session);
        }
        for (var each : grown) {
          each.putAway(files(), session);
        }
      }
    }
  }

  /// Lets the running server take over what can change while it runs. What its file says, it has:
  /// should the engine end in between, the next one finds what is still to be told.
  ///
  /// @return the parameters whose values it refuses, and what it says of them; it keeps what it had
  ///   of these, and starts with none of them
  public Map<String, String> reload(
      List<InetAddress> addresses, int port, Tls tls, Map<String, String> parameters)
      throws IOException {
    certify(tls.identity());
    var role = settings().role();
    var taken = new HashMap<>(parameters);
    try (var session = session()) {
      var refused =
          session.set(settings().changed(settings().at(addresses, port, tls, role, parameters)));
      taken.keySet().removeAll(refused.keySet());
      settings().write(settings().at(addresses, port, tls, role, taken));
      return refused;
    }
  }

  /// A session with the running server, with all privileges.
  ///
  /// @throws LockedOutException if the server does not know the engine
  public MariaDbSession session() throws IOException {
    // There, the engine has the account of an older one.
    return isFenced()
        ? new EngineAccount(account.engineUser()).enter(process)
        : process.session(account.engineUser());
  }

  /// Whether users are kept away as this engine does it; a start sees to that.
  public boolean isFenced() throws IOException {
    return Fence.isUp(files());
  }

  /// Copies the files while the server stands still.
  public void whileFrozen(MariaDbProcess.Copying copying) throws IOException {
    process.whileFrozen(copying);
  }

  private SettingsFile settings() {
    return new SettingsFile(process, account, authority);
  }

  private StartScript startScript() {
    return new StartScript(files(), account);
  }

  private Filling filling() {
    return new Filling(process, installation, account, settings());
  }

  private Starting starting() {
    return new Starting(process, installation, account, settings());
  }

  private MariaDbFiles files() {
    return process.files();
  }
}
