package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.AdminSession;
import dev.dbartifact.localengine.postgres.DumpPrograms;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.postgres.Standby;
import dev.dbartifact.localengine.postgres.StandbyRole;
import dev.dbartifact.localengine.program.Daemon;
import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// PostgreSQL, as the host works with it.
record PostgresDbms(
    VolumeStore store, Servers servers, Installations installations, List<DumpPrograms> programs)
    implements Dbms {
  @Override
  public ServerKind kind() {
    return ServerKind.POSTGRESQL;
  }

  @Override
  public List<String> versions() {
    return installations.versions();
  }

  @Override
  public Optional<String> choose(String wanted) {
    return installations.choose(wanted).map(Installation::version);
  }

  @Override
  public String advice() {
    return "";
  }

  @Override
  public String templateName(String version) {
    return version;
  }

  @Override
  public Seal seal(String volume, String version) {
    return Seal.ofPostgres(volume, version);
  }

  @Override
  public Daemon process(String volume) {
    return servers.process(volume);
  }

  @Override
  public void initialise(String volume, String version) throws IOException {
    server(volume, version).initialise();
  }

  @Override
  public void fill(String volume, String version, NewDatabase database) throws IOException {
    var server = server(volume, version);
    server.takeOver(Optional.empty());
    server.startPrivately();
    try (var session = server.process().session()) {
      if (database.aurora()) {
        server.layAuroraFunctions();
      }
      var master = session.masterUser(database.masterUser());
      master.create(Verifier.of(database.password()));
      if (database.databaseName().isPresent()) {
        master.createDatabase(database.databaseName().get());
      }
    } finally {
      server.process().stop();
    }
  }

  @Override
  public Sharing copy(String source, String clone, Sharing wanted, String version)
      throws IOException {
    return new Cloning(store, servers, installation(version)).run(source, clone, wanted);
  }

  @Override
  public void start(
      String volume,
      String version,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException {
    var server = server(volume, version);
    if (topology.isPresent()) {
      server.tell(topology.get().json());
    }
    if (!server.process().running()) {
      server.removeSlotsExcept(keptFor());
    }
    server.start(listen.addresses(), listen.port(), listen.tls(), parameters);
    var standby = server.standby();
    if (standby.isOn()) {
      standby.promote();
    }
    if (standby.wasOn()) {
      endSlots(Standby.slot(volume));
      standby.forgetSource();
    }
  }

  @Override
  public void tell(String volume, String version, Topology topology) throws IOException {
    server(volume, version).tell(topology.json());
  }

  /// The servers that keep log for a standby which is none any more: that of its source.
  private void endSlots(String slot) throws IOException {
    for (var name : store.names()) {
      var slots = store.path(name).resolve(Servers.DATA).resolve("pg_replslot");
      if (Files.exists(slots.resolve(slot)) && servers.process(name).running()) {
        try (var session = servers.process(name).session()) {
          session.slot(slot).drop();
        }
      }
    }
  }

  /// Those that a server keeps its log for: standbys, and histories.
  private Set<String> keptFor() throws IOException {
    return store.names().stream()
        .filter(name -> KeptLog.isOne(name) || isStandby(name))
        .collect(Collectors.toSet());
  }

  private boolean isStandby(String volume) {
    return StandbyRole.isOn(store.path(volume).resolve(Servers.DATA));
  }

  @Override
  public void flush(String volume, String version) throws IOException {
    var server = server(volume, version);
    if (server.unflushed()) {
      server.flush();
    }
  }

  @Override
  public boolean isFollowing(String source, String reader, String version, Listen listen)
      throws IOException {
    return following(version).underWay(source, reader, listen);
  }

  @Override
  public Optional<String> endOfFollowing(String reader) throws IOException {
    var role = new StandbyRole(servers.process(reader), servers.account());
    return role.hasPaused()
        ? Optional.of("It replays no more, as its source has begun with more than it of a setting")
        : Optional.empty();
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
    following(version).run(source, reader, listen, parameters, topology);
  }

  @Override
  public void forget(String source, String reader, String version) throws IOException {
    following(version).forget(source, reader);
  }

  private Following following(String version) {
    return new Following(store, servers, installation(version));
  }

  @Override
  public Map<String, String> reload(
      String volume, String version, Listen listen, Map<String, String> parameters)
      throws IOException {
    return server(volume, version)
        .reload(listen.addresses(), listen.port(), listen.tls(), parameters);
  }

  @Override
  public void certify(String volume, String version, Identity identity) throws IOException {
    server(volume, version).certify(identity);
  }

  @Override
  public void changePassword(String volume, String version, String user, String verifier)
      throws IOException {
    asking(
        volume,
        version,
        session -> {
          session.masterUser(user).restore(verifier);
          return null;
        });
  }

  @Override
  public Optional<String> verifier(String volume, String version, String user) throws IOException {
    return asking(volume, version, session -> session.masterUser(user).verifier());
  }

  /// What is done in a session with a server, which is started for that if it does not run.
  private interface Question<T> {
    T answer(AdminSession session) throws IOException;
  }

  private <T> T asking(String volume, String version, Question<T> question) throws IOException {
    var server = server(volume, version);
    var atRest = !server.process().running();
    if (atRest) {
      server.startPrivately();
    }
    try (var session = server.process().session()) {
      return question.answer(session);
    } finally {
      if (atRest) {
        server.process().stop();
      }
    }
  }

  @Override
  public List<ServerParameter> parameters(String volume, String version) throws IOException {
    var server = server(volume, version);
    server.takeOver(Optional.empty());
    var installation = installation(version);
    var libraries = String.join(",", installation.preloadable());
    server.startPrivately(Map.of(Installation.PRELOADED, libraries));
    try (var session = server.process().session()) {
      return session.settings().stream().map(row -> parameter(row, installation)).toList();
    }
  }

  private static ServerParameter parameter(Map<String, String> row, Installation installation) {
    // As RDS shows them; the server knows some, such as TimeZone, in mixed case.
    var name = row.get("name").toLowerCase(Locale.ROOT);
    var preloaded = name.equals(Installation.PRELOADED);
    var byDefault = installation.preloaded().getOrDefault(name, "");
    var choices = row.get("choices");
    return new ServerParameter(
        name,
        preloaded ? byDefault : row.get("setting"),
        row.get("unit"),
        row.get("category"),
        row.get("short_desc"),
        row.get("context"),
        row.get("vartype"),
        row.get("min_val"),
        row.get("max_val"),
        preloaded
            ? installation.preloadable()
            : choices == null || choices.isEmpty() ? List.of() : List.of(choices.split(",")),
        preloaded ? !byDefault.isEmpty() : "configuration file".equals(row.get("source")));
  }

  /// How data of one version get to another, later major one; empty where there is no way.
  Optional<Upgrading.Way> way(String from, String to) {
    var old = installations.choose(from);
    var wanted = installations.choose(to);
    if (old.isEmpty() || wanted.isEmpty() || old.get().major() >= wanted.get().major()) {
      return Optional.empty();
    }
    return DumpPrograms.between(programs, old.get().major(), wanted.get().major())
        .map(found -> new Upgrading.Way(this, old.get(), wanted.get(), found));
  }

  /// What keeps the databases of a volume, whose server runs, from another version.
  List<String> upgradeProblems(String volume, Upgrading.Way way) throws IOException {
    return servers.server(volume, way.from()).upgradeProblems(way.to());
  }

  private PostgresServer server(String volume, String version) {
    return servers.server(volume, installation(version));
  }

  Installation installation(String version) {
    return installations.choose(version).orElseThrow();
  }
}
