package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.Installations;
import dev.dbartifact.localengine.postgres.PostgresServer;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.Optional;

/// Makes new databases. A pristine one of each version is kept as a template: cloning it takes a
/// fraction of the time of making one.
final class Creation {
  /// Templates cannot be taken for storages: no [StorageId] holds a dot.
  private static final String TEMPLATE = "template.";

  private final VolumeStore store;
  private final Servers servers;

  Creation(VolumeStore store, Servers servers) {
    this.store = store;
    this.servers = servers;
  }

  /// Makes a volume with a new database, and seals it.
  void run(String name, Installation installation, NewDatabase database) throws IOException {
    store.clone(template(installation), name, store.best());
    var server = servers.server(name, installation);
    server.takeOver(Optional.empty());
    fill(server, database);
    store.seal(new Seal(name, installation.version()));
    store.harden(name);
  }

  private static void fill(PostgresServer server, NewDatabase database) throws IOException {
    server.startPrivately();
    try (var session = server.process().session()) {
      session.createMasterUser(database.masterUser(), Verifier.of(database.password()));
      if (database.databaseName().isPresent()) {
        session.createDatabase(database.databaseName().get(), database.masterUser());
      }
    } finally {
      server.process().stop();
    }
  }

  private synchronized String template(Installation installation) throws IOException {
    var name = TEMPLATE + installation.version();
    if (store.seal(name).isEmpty()) {
      servers.process(name).abandon();
      store.discard(name);
      store.make(name);
      servers.server(name, installation).initialise();
      store.seal(new Seal(name, installation.version()));
      store.harden(name);
    }
    return name;
  }

  /// Whether this volume is the template of a version that is not installed any more.
  boolean outdated(String name, Installations installations) {
    return name.startsWith(TEMPLATE)
        && !installations.versions().contains(name.substring(TEMPLATE.length()));
  }
}
