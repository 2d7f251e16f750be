package dev.dbartifact.localengine;

import dev.dbartifact.localengine.conformance.Databases;
import dev.dbartifact.localengine.rdsdata.Server;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The databases of a fake host, found as everybody finds them: by address, port and password.
final class FakeDatabases implements Databases {

  private final FakeDatabaseHost host;

  FakeDatabases(FakeDatabaseHost host) {
    this.host = host;
  }

  static List<String> noWords() {
    return new CopyOnWriteArrayList<>();
  }

  @Override
  public void write(Server server, String password, String word) throws Refused {
    var id = storage(server, password);
    if (host.followed.containsKey(id)) {
      throw new Refused("cannot execute INSERT in a read-only transaction");
    }
    host.words.computeIfAbsent(id, any -> noWords()).add(word);
    host.history.written(id);
  }

  @Override
  public List<String> read(Server server, String password) throws Refused {
    return List.copyOf(host.words.getOrDefault(storage(server, password), List.of()));
  }

  private StorageId storage(Server server, String password) throws Refused {
    var address = server.address() + ":" + server.port();
    var found =
        host.volumes.entrySet().stream()
            .filter(each -> each.getValue().listen() != null)
            .filter(
                each -> List.of(each.getValue().listen().toString().split(", ")).contains(address))
            .findFirst()
            .orElseThrow(() -> new Refused("Nobody listens on " + address));
    if (!found.getValue().password().equals(password)) {
      throw new Refused("password authentication failed");
    }
    return found.getKey();
  }
}
