package dev.dbartifact.localengine;

import dev.dbartifact.localengine.conformance.Databases;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.rds.model.DBCluster;

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
  public void write(DBCluster cluster, String password, String word) throws Refused {
    session(cluster, password).add(word);
  }

  @Override
  public List<String> read(DBCluster cluster, String password) throws Refused {
    return List.copyOf(session(cluster, password));
  }

  private List<String> session(DBCluster cluster, String password) throws Refused {
    var address = cluster.endpoint() + ":" + cluster.port();
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
    return host.words.computeIfAbsent(found.getKey(), any -> noWords());
  }
}
