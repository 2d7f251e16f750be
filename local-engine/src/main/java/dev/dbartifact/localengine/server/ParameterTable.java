package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What settings the servers of a version have, asked of a real one, once.
final class ParameterTable {

  private final Creation creation;
  private final VolumeStore store;
  private final Servers servers;
  private final Map<String, List<ServerParameter>> known = new ConcurrentHashMap<>();

  ParameterTable(Creation creation, VolumeStore store, Servers servers) {
    this.creation = creation;
    this.store = store;
    this.servers = servers;
  }

  synchronized List<ServerParameter> of(Dbms dbms, String version) throws IOException {
    var name = dbms.templateName(version);
    if (!known.containsKey(name)) {
      known.put(name, ask(dbms, version));
    }
    return known.get(name);
  }

  /// On a volume that is there for this alone; half made, the next start removes it.
  private List<ServerParameter> ask(Dbms dbms, String version) throws IOException {
    var template = creation.template(dbms, version);
    var volume = template + ".asked";
    discard(dbms, volume);
    try {
      store.clone(template, volume, store.best());
      return dbms.parameters(volume, version);
    } finally {
      discard(dbms, volume);
    }
  }

  private void discard(Dbms dbms, String volume) throws IOException {
    dbms.process(volume).abandon();
    store.discard(volume);
    servers.clear(volume);
  }
}
