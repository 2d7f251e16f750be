package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.localengine.mariadb.MariaDbProcess;
import dev.dbartifact.localengine.mariadb.MariaDbServer;
import dev.dbartifact.localengine.mariadb.MariaDbSession;
import dev.dbartifact.localengine.mariadb.MasterUser;
import dev.dbartifact.localengine.mariadb.PasswordHash;
import dev.dbartifact.localengine.mariadb.Replica;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// MariaDB, as the host works with it.
///
/// @param installed nothing where this machine has none
record MariaDbDbms(Servers servers, Optional<MariaDbInstallation> installed) implements Dbms {

  @Override
  public ServerKind kind() {
    return ServerKind.MARIADB;
  }

  @Override
  public List<String> versions() {
    return installed.map(MariaDbInstallation::version).stream().toList();
  }

  @Override
  public Optional<String> choose(String wanted) {
    return installed.filter(each -> each.serves(wanted)).map(MariaDbInstallation::version);
  }

  @Override
  public String advice() {
    return MariaDbInstallation.ADVICE;
  }

  @Override
  public String templateName(String version) {
    return "mariadb-" + version;
  }

  @Override
  public Seal seal(String volume, String version) {
    return Seal.ofMariaDb(volume, version);
  }

  @Override
  public MariaDbProcess process(String volume) {
    return servers.mariaDb(volume);
  }

  @Override
  public void initialise(String volume, String version) throws IOException {
    server(volume).initialise();
  }

  @Override
  public void fill(String volume, String version, NewDatabase database) throws IOException {
    server(volume)
        .add(
            new MasterUser(
                database.masterUser(),
                PasswordHash.of(database.password().reveal()),
                database.databaseName()));
  }

  /// A copy of one moment looks like a server that was killed, which InnoDB and Aria recover from.
  /// Where the copy takes longer than a moment, the server stands still meanwhile.
  @Override
  public Sharing copy(String source, String clone, Sharing wanted, String version)
      throws IOException {
    var process = process(source);
    if (servers.store().atomic() || !process.running()) {
      return clone(source, clone, wanted);
    }
    return copyFrozen(source, clone, wanted);
  }

  /// While the server of the source, which runs, stands still.
  Sharing copyFrozen(String source, String clone, Sharing wanted) throws IOException {
    var made = new Sharing[1];
    server(source).whileFrozen(() -> made[0] = clone(source, clone, wanted));
    return made[0];
  }

  /// As it is: the caller sees to it that this is one moment.
  Sharing clone(String source, String clone, Sharing wanted) throws IOException {
    var made = servers.store().clone(source, clone, wanted);
    CrashPoint.VOLUME_FILLED.reached();
    return made;
  }

  @Override
  public void start(
      String volume,
      String version,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException {
    server(volume)
        .start(
            listen.addresses(),
            listen.port(),
            listen.tls(),
            parameters,
            following().replicasOf(volume));
    following().end(volume);
  }

  @Override
  public boolean isFollowing(String source, String reader, String version, Listen listen)
      throws IOException {
    return following().underWay(reader, listen);
  }

  @Override
  public Optional<String> endOfFollowing(String reader) throws IOException {
    return following().endOfFollowing(reader);
  }

  @Override
  public void requireFollowable(String source) throws IOException {
    server(source).address();
  }

  @Override
  public void follow(
      String source,
      String reader,
      String version,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException {
    following().run(source, reader, listen, parameters);
  }

  @Override
  public void forget(String source, String reader, String version) throws IOException {
    following().forget(new Replica(source, reader));
  }

  @Override
  public void tidy(String volume, String version) throws IOException {
    following().bound(volume);
    server(volume).giveBackSpareRoom();
  }

  @Override
  public void boundLogs(String volume) throws IOException {
    if (installed.isPresent()) {
      server(volume).boundLogs();
    }
  }

  private MariaDbFollowing following() {
    return new MariaDbFollowing(this);
  }

  @Override
  public Map<String, String> reload(
      String volume, String version, Listen listen, Map<String, String> parameters)
      throws IOException {
    return server(volume).reload(listen.addresses(), listen.port(), listen.tls(), parameters);
  }

  @Override
  public void certify(String volume, String version, Identity identity) throws IOException {
    server(volume).certify(identity);
  }

  @Override
  public void changePassword(String volume, String version, String user, String verifier)
      throws IOException {
    asking(
        volume,
        session -> {
          session.restoreMasterUser(user, verifier);
          return null;
        });
  }

  @Override
  public Optional<String> verifier(String volume, String version, String user) throws IOException {
    return asking(volume, session -> session.verifier(user));
  }

  /// What is done in a session with a server, which is started for that if it does not run.
  private interface Question<T> {
    T answer(MariaDbSession session) throws IOException;
  }

  private <T> T asking(String volume, Question<T> question) throws IOException {
    var server = server(volume);
    var atRest = !server.process().running();
    if (atRest) {
      server.startPrivately();
    }
    try (var session = server.session()) {
      return question.answer(session);
    } finally {
      if (atRest) {
        server.process().stop();
      }
    }
  }

  @Override
  public List<ServerParameter> parameters(String volume, String version) throws IOException {
    var server = server(volume);
    server.startPrivately();
    try (var session = server.session()) {
      return MariaDbVariables.parameters(session.variables());
    }
  }

  MariaDbServer server(String volume) {
    return new MariaDbServer(
        process(volume), installed.orElseThrow(), servers.account(), servers.authority());
  }
}
