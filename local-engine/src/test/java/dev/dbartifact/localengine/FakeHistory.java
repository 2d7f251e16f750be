package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.History;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Remembers what was written to each volume and when, from the first look on.
final class FakeHistory implements History {

  private final FakeVolumes host;

  /// What each volume held, by the time of the look.
  private final Map<StorageId, NavigableMap<Instant, List<String>>> states =
      new ConcurrentHashMap<>();

  /// Before which nothing was to be kept, at the last look.
  final Map<StorageId, Instant> outdated = new ConcurrentHashMap<>();

  /// The time of the looks.
  volatile Clock clock = Clock.systemUTC();

  /// Whether the storage can share blocks.
  volatile boolean possible = true;

  FakeHistory(FakeVolumes host) {
    this.host = host;
  }

  @Override
  public Optional<Instant> since(StorageId id) {
    return Optional.ofNullable(states.get(id)).map(NavigableMap::firstEntry).map(Map.Entry::getKey);
  }

  @Override
  public void keep(StorageId id, Instant before, boolean eagerly) throws HostException {
    host.work();
    if (possible && host.running(id)) {
      states.computeIfAbsent(id, _ -> new ConcurrentSkipListMap<>());
      written(id);
    }
    outdated.put(id, before);
  }

  /// Begins.
  void remember(StorageId id) {
    states.computeIfAbsent(id, _ -> new ConcurrentSkipListMap<>());
    written(id);
  }

  /// Something was: a state by itself, once there is a history.
  void written(StorageId id) {
    states.computeIfPresent(
        id,
        (_, known) -> {
          known.put(clock.instant(), List.copyOf(host.words.getOrDefault(id, List.of())));
          return known;
        });
  }

  @Override
  public void restore(StorageId source, StorageId id, Instant time) throws HostException {
    host.work();
    var state = states.getOrDefault(source, new ConcurrentSkipListMap<>()).floorEntry(time);
    if (state == null) {
      throw new HostException("There is no history of '" + source + "' at " + time);
    }
    host.makeAsOf(source, id, new ArrayList<>(state.getValue()));
  }

  /// From now on it knows what another one knows.
  void learn(FakeHistory other) {
    clock = other.clock;
    other.states.forEach((id, known) -> states.put(id, new ConcurrentSkipListMap<>(known)));
  }

  @Override
  public long bytes(StorageId id) {
    return 7;
  }

  @Override
  public void forget(StorageId id) {
    states.remove(id);
  }
}
