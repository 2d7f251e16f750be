package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.AdminSession;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.postgres.Standby;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Makes and ends hot standbys of PostgreSQL.
record Following(VolumeStore store, Servers servers, Installation installation) {

  /// Whether the server runs, at these addresses, and receives and replays what the source writes.
  boolean underWay(String source, String standby, Listen listen) throws IOException {
    if (store.seal(standby).isEmpty()
        || !server(standby).listens(listen.addresses(), listen.port(), listen.tls())) {
      return false;
    }
    try (var session = server(source).process().session()) {
      return session.slot(Standby.slot(standby)).isFollowed()
          && !server(standby).standby().hasPaused();
    }
  }

  /// Makes the volume of the standby, as a clone of that of its source, and starts its server.
  void run(
      String source,
      String standby,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws IOException {
    var settings = prepare(source, standby);
    CrashPoint.READER_ADMITTED.reached();
    var made = new Cloning(store, servers, installation).run(source, standby, store.best());
    var server = server(standby);
    server
        .standby()
        .begin(
            new Standby(
                standby,
                servers.process(source).files().socket(),
                port(source),
                Standby.atLeast(settings, parameters)));
    CrashPoint.VOLUME_UNSEALED.reached();
    store.seal(Seal.ofPostgres(standby, installation.version()), made);
    CrashPoint.VOLUME_SEALED.reached();
    if (topology.isPresent()) {
      server.tell(topology.get().json());
    }
    server.start(listen.addresses(), listen.port(), listen.tls(), parameters);
  }

  private int port(String source) throws IOException {
    return server(source)
        .port()
        .orElseThrow(() -> new IOException("the server of '%s' does not run".formatted(source)));
  }

  /// From the slot on, the source keeps what the standby will ask for.
  private Map<String, String> prepare(String source, String standby) throws IOException {
    try (var session = server(source).process().session()) {
      session.makeReplicationRole();
      var slot = session.slot(Standby.slot(standby));
      slot.drop();
      slot.make();
      return session.values(Standby.NEVER_BELOW_THE_SOURCE);
    }
  }

  /// Lets the source forget the standby, which is gone.
  void forget(String source, String standby) throws IOException {
    var process = servers.process(source);
    if (process.running()) {
      try (AdminSession session = process.session()) {
        session.slot(Standby.slot(standby)).drop();
      }
    }
  }

  private PostgresServer server(String volume) {
    return servers.server(volume, installation);
  }
}
