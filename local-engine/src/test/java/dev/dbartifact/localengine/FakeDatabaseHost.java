package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Usage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Volumes and servers in memory. Work can be held back, and made to fail.
final class FakeDatabaseHost implements DatabaseHost {

  /// @param listen null while no server runs
  record Volume(String version, String password, CloneKind madeBy, Listen listen) {
    Volume listening(Listen on) {
      return new Volume(version, password, madeBy, on);
    }

    Volume with(String newPassword) {
      return new Volume(version, newPassword, madeBy, listen);
    }
  }

  final Map<StorageId, Volume> volumes = new ConcurrentHashMap<>();
  private boolean held;
  private HostException failure;

  /// From now on, all work waits.
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  /// From now on, all work fails; null ends that.
  synchronized void failWith(HostException reason) {
    failure = reason;
  }

  private synchronized void work() throws HostException {
    while (held) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new HostException("interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Volume volume(StorageId id) throws HostException {
    var volume = volumes.get(id);
    if (volume == null) {
      throw new HostException.NotFound("There is no volume '" + id + "'");
    }
    return volume;
  }

  @Override
  public void create(StorageId id, NewDatabase database) throws HostException {
    work();
    volumes.put(id, new Volume(database.version(), database.password().reveal(), null, null));
  }

  @Override
  public CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException {
    work();
    var of = volume(source);
    if (volumes.containsKey(id)) {
      throw new HostException("'" + id + "' is already there");
    }
    volumes.put(id, new Volume(of.version(), of.password(), wanted, null));
    return wanted;
  }

  @Override
  public void start(StorageId id, Listen listen) throws HostException {
    work();
    volumes.put(id, volume(id).listening(listen));
  }

  @Override
  public void stop(StorageId id) throws HostException {
    work();
    volumes.computeIfPresent(id, (any, volume) -> volume.listening(null));
  }

  @Override
  public boolean running(StorageId id) {
    return volumes.containsKey(id) && volumes.get(id).listen() != null;
  }

  @Override
  public void changeMasterPassword(StorageId id, String user, Secret password)
      throws HostException {
    work();
    volumes.put(id, volume(id).with(password.reveal()));
  }

  @Override
  public void discard(StorageId id) throws HostException {
    work();
    volumes.remove(id);
  }

  @Override
  public Set<StorageId> stored() {
    return new TreeSet<>(volumes.keySet());
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    volume(id);
    return new Usage(100, 40, 60);
  }

  @Override
  public String engineVersion(StorageId id) {
    return volumes.get(id).version();
  }

  @Override
  public List<String> installedVersions() {
    return List.of("17.11", "15.18");
  }

  @Override
  public void close() {
    release();
    volumes.replaceAll((id, volume) -> volume.listening(null));
  }
}
