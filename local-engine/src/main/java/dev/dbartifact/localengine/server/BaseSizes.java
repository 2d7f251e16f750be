package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the bases of a storage take, as it was measured last; that takes a while, and longer the
/// more volumes have a share in it.
final class BaseSizes {
  private static final Duration MEASURE_EVERY = Duration.ofMinutes(1);

  private final VolumeStore store;
  private final KeptBases bases;
  private final Map<String, Measured> sizes = new ConcurrentHashMap<>();

  BaseSizes(VolumeStore store, KeptBases bases) {
    this.store = store;
    this.bases = bases;
  }

  /// @param changed whether the storage was written to since
  private record Measured(long bytes, Instant at, boolean changed) {
    /// Whether to measure again: not every few seconds, while it is written to.
    boolean outdated(boolean underWay) {
      return changed && (!underWay || at.isBefore(Instant.now().minus(MEASURE_EVERY)));
    }

    Measured afterChange() {
      return new Measured(bytes, at, true);
    }
  }

  long bytes(String storage) {
    return size(storage).bytes();
  }

  /// A base that is new has next to nothing to itself.
  private Measured size(String storage) {
    return sizes.getOrDefault(storage, new Measured(0, Instant.MIN, true));
  }

  /// The storage was written to.
  void changed(String storage) {
    sizes.computeIfPresent(storage, (_, size) -> size.afterChange());
  }

  /// Whether it is time to measure again.
  ///
  /// @param underWay whether the storage is being written to
  boolean outdated(String storage, boolean underWay) {
    return size(storage).outdated(underWay);
  }

  void measure(String storage) throws IOException {
    var bytes = 0L;
    for (var base : bases.of(storage)) {
      bytes += store.measure(base.volume()).exclusive();
    }
    sizes.put(storage, new Measured(bytes, Instant.now(), false));
  }

  /// There is nothing more to measure, until the storage is written to.
  void nothing(String storage) {
    sizes.put(storage, new Measured(bytes(storage), Instant.now(), false));
  }

  void forget(String storage) {
    sizes.remove(storage);
  }
}
