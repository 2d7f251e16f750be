package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.server.Usage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Volumes in memory, each with what was written to it.
abstract class FakeVolumes extends FakeFaults implements DatabaseHost {

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

  /// Volumes that were set aside.
  final Map<StorageId, Volume> aside = new ConcurrentHashMap<>();

  /// What was written to each volume; a reader has what its source has.
  final Map<StorageId, List<String>> words = new ConcurrentHashMap<>();

  /// The readers, and whom they follow.
  final Map<StorageId, StorageId> followed = new ConcurrentHashMap<>();

  final FakeHistory history = new FakeHistory(this);
  final FakeUpgrades upgrades = new FakeUpgrades(this);

  /// Whether copies share blocks.
  volatile boolean sharing;

  /// Whether little of the storage is free.
  volatile boolean scarce;

  interface Measuring {
    void run() throws InterruptedException;
  }

  private volatile Measuring beforeMeasuring = () -> {};

  /// Is run by whoever asks what a volume takes.
  void beforeMeasuring(Measuring what) {
    beforeMeasuring = what;
  }

  /// From now on it has the volumes of another one, as an engine finds them that comes next: no
  /// server runs.
  void takeOver(FakeVolumes other) {
    other.volumes.forEach((id, volume) -> volumes.put(id, volume.listening(null)));
    aside.putAll(other.aside);
    other.words.forEach((id, held) -> words.put(id, new CopyOnWriteArrayList<>(held)));
    followed.putAll(other.followed);
    history.learn(other.history);
  }

  /// The volumes whose servers run.
  Set<StorageId> served() {
    return volumes.keySet().stream().filter(this::running).collect(Collectors.toSet());
  }

  /// Ends the server, as if its process had been killed.
  abstract void kill(StorageId id);

  Volume volume(StorageId id) throws HostException {
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
    copying();
    var of = volume(source);
    if (volumes.containsKey(id)) {
      throw new HostException("'" + id + "' is already there");
    }
    words.put(id, new CopyOnWriteArrayList<>(words.getOrDefault(source, List.of())));
    volumes.put(id, new Volume(of.version(), of.password(), wanted, null));
    return wanted;
  }

  @Override
  public void harden(StorageId id) throws HostException {
    hardening();
  }

  @Override
  public CloneKind replace(
      StorageId source,
      StorageId id,
      Collection<StorageId> readers,
      CloneKind wanted,
      Preparation preparation)
      throws HostException {
    work();
    var keeping = preparation.run();
    ending(id);
    keeping.run();
    replacing();
    var of = volume(source);
    removeReaders(readers);
    kill(id);
    history.forget(id);
    words.put(id, new CopyOnWriteArrayList<>(words.getOrDefault(source, List.of())));
    volumes.put(id, new Volume(of.version(), of.password(), wanted, null));
    return wanted;
  }

  /// They go, as readers do whose source gets other data.
  void removeReaders(Collection<StorageId> readers) {
    readers.forEach(volumes::remove);
    readers.forEach(followed::remove);
  }

  /// Makes a copy that holds these words.
  void makeAsOf(StorageId source, StorageId id, List<String> held) throws HostException {
    copy(source, id, CloneKind.FULL_COPY);
    words.put(id, new CopyOnWriteArrayList<>(held));
  }

  @Override
  public FakeHistory history() {
    return history;
  }

  @Override
  public FakeUpgrades majorUpgrades() {
    return upgrades;
  }

  @Override
  public boolean sharesBlocks() {
    return sharing;
  }

  @Override
  public boolean scarce(double share) {
    return scarce;
  }

  @Override
  public void discard(StorageId id) throws HostException {
    work();
    ending(id);
    followed.remove(id);
    volumes.remove(id);
    history.forget(id);
  }

  @Override
  public void setAside(StorageId id) throws HostException {
    work();
    aside.put(id, volume(id).listening(null));
    volumes.remove(id);
  }

  @Override
  public boolean takeBack(StorageId id) {
    var volume = aside.remove(id);
    if (volume != null) {
      volumes.put(id, volume);
    }
    return volume != null;
  }

  @Override
  public Set<StorageId> stored() {
    return new TreeSet<>(volumes.keySet());
  }

  @Override
  public boolean isWhole(StorageId id) {
    return volumes.containsKey(id);
  }

  @Override
  public Usage usage(StorageId id) throws HostException {
    try {
      beforeMeasuring.run();
    } catch (InterruptedException e) {
      throw new HostException("interrupted", e);
    }
    var copied = volume(id).madeBy() == CloneKind.FULL_COPY;
    return copied ? new Usage(100, 100, 0) : new Usage(100, 40, 60);
  }

  @Override
  public String engineVersion(StorageId id) {
    try {
      return volume(id).version();
    } catch (HostException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
