package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.record.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Holds states until the pace lets them move on. The real work is not held back, and what is under
/// way when the engine stops is finished by the next start.
public final class Pacing {

  private final Pace pace;
  private final Clock clock;
  private final Work work;

  /// When the last phase of each cluster may end, and of each instance.
  private final Map<String, Instant> ends = new HashMap<>();

  public Pacing(Pace pace, Clock clock, Work work) {
    this.pace = pace;
    this.clock = clock;
    this.work = work;
  }

  /// When a phase that begins now may end.
  public Instant end(Phase phase) {
    return clock.instant().plus(pace.of(phase));
  }

  /// A time that somebody has chosen, as fast as everything else.
  public Duration length(Duration chosen) {
    return pace.of(chosen);
  }

  /// Begins a phase of a cluster, after those of the cluster and its instances that were begun
  /// before.
  ///
  /// @param storage of the cluster
  /// @return when it may end
  public synchronized Instant begin(String storage, Phase phase) {
    return begin(storage, phase, storage);
  }

  /// Begins a phase of an instance, after those of it and its cluster, beside those of the others.
  ///
  /// @return when it may end
  public synchronized Instant begin(Instance instance, Phase phase) {
    var key = key(instance);
    var ofCluster = ends.get(instance.storage());
    if (ofCluster != null) {
      ends.merge(key, ofCluster, (one, other) -> one.isAfter(other) ? one : other);
    }
    return begin(key, phase, key);
  }

  private static String key(Instance instance) {
    return instance.storage() + "/" + instance.resourceId();
  }

  /// When the last phase of the instance and of its cluster may end; now, if none lasts.
  public synchronized Instant endOf(Instance instance) {
    return Stream.of(key(instance), instance.storage())
        .map(ends::get)
        .filter(Objects::nonNull)
        .reduce(clock.instant(), (one, other) -> one.isAfter(other) ? one : other);
  }

  /// Whether a phase of the instance may not end yet.
  public synchronized boolean lasts(Instance instance) {
    var end = ends.get(key(instance));
    return end != null && clock.instant().isBefore(end);
  }

  /// @param after what the keys of earlier phases begin with
  private Instant begin(String key, Phase phase, String after) {
    var now = clock.instant();
    ends.values().removeIf(now::isAfter);
    var start =
        ends.entrySet().stream()
            .filter(each -> each.getKey().startsWith(after))
            .map(Map.Entry::getValue)
            .max(Instant::compareTo)
            .orElse(now);
    var end = start.plus(pace.of(phase));
    ends.put(key, end);
    return end;
  }

  /// How long a phase is shown at least.
  Duration length(Phase phase) {
    return pace.of(phase);
  }

  /// Whether a phase can be seen at all.
  public boolean shows(Phase phase) {
    return length(phase).compareTo(Duration.ZERO) > 0;
  }

  /// Runs the change at that time, or at once if it is past.
  public void at(Instant time, Runnable change) {
    if (clock.instant().isBefore(time)) {
      work.later(clock, time, change);
    } else {
      change.run();
    }
  }
}
