package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.MajorUpgrades;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.StorageId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gives volumes the version that is wanted of them.
final class FakeUpgrades implements MajorUpgrades {

  private final FakeVolumes host;

  /// Whether data can be brought to another major version.
  volatile boolean possible = true;

  /// What keeps each volume from another major version.
  final Map<StorageId, List<String>> problems = new ConcurrentHashMap<>();

  /// Is run when a volume is looked at for what keeps it from another major version.
  volatile Runnable checking = () -> {};

  FakeUpgrades(FakeVolumes host) {
    this.host = host;
  }

  @Override
  public boolean possible(String from, String to) {
    return possible;
  }

  @Override
  public List<String> problems(StorageId id, String version) throws HostException {
    host.work();
    checking.run();
    return problems.getOrDefault(id, List.of());
  }

  @Override
  public void run(StorageId id, String version, Collection<StorageId> readers)
      throws HostException {
    host.kill(id);
    host.replacing();
    host.removeReaders(readers);
    host.history.forget(id);
    var of = host.volume(id);
    host.volumes.put(
        id, new FakeVolumes.Volume(serverFor(version), of.password(), of.madeBy(), null));
  }

  private String serverFor(String version) {
    return host.installedVersions(ServerKind.POSTGRESQL).stream()
        .filter(each -> each.split("\\.")[0].equals(version.split("\\.")[0]))
        .findFirst()
        .orElseThrow();
  }
}
