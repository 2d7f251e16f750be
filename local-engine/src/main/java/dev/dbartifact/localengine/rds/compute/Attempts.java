package dev.dbartifact.localengine.rds.compute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How often a server that ended by itself has been started again of late. The first start follows
/// at once, the next ones after pauses that grow; then it is given up.
///
/// @param made how many starts
/// @param last when the last one was
record Attempts(int made, Instant last) {

  private static final List<Duration> PAUSES =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(60));

  /// One that runs so long has recovered: should it end again, that is another matter.
  private static final Duration CALM = Duration.ofMinutes(5);

  static final int MOST = PAUSES.size();

  static final Attempts NONE = new Attempts(0, Instant.EPOCH);

  /// When the next one may be; empty if that was the last one.
  Optional<Instant> next(Instant now) {
    return made < MOST ? Optional.of(now.plus(PAUSES.get(made))) : Optional.empty();
  }

  Attempts andOne(Instant now) {
    return new Attempts(made + 1, now);
  }

  /// None, when the last one is long ago.
  Attempts asOf(Instant now) {
    return last.plus(CALM).isBefore(now) ? NONE : this;
  }
}
