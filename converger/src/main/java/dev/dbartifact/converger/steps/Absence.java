package dev.dbartifact.converger.steps;

import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.StatusClass;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/// How long something that is waited for has not been there. RDS takes some seconds to show what it
/// has accepted; what is not there for longer has been deleted.
final class Absence {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Supplier<Instant> clock;
  private Instant since;

  Absence(Supplier<Instant> clock) {
    this.clock = clock;
  }

  /// It is there.
  void over() {
    since = null;
  }

  <T> Observation<T> seen() {
    since = since == null ? clock.get() : since;
    return clock.get().isBefore(since.plus(LONGEST))
        ? Observation.inProgress("not there yet")
        : gone();
  }

  static <T> Observation<T> gone() {
    return Observation.hopeless(
        StatusClass.GONE,
        "not there any more",
        "Somebody has deleted it. Run the same command again, which makes what is missing.");
  }
}
