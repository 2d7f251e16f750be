package dev.dbartifact.localengine.rds.backup;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the storage has no room for automated snapshots: they give way to the data.
final class Scarcity {

  private static final Logger LOG = LoggerFactory.getLogger(Scarcity.class);

  /// They go before the histories of clusters do, and before `db-artifact-local status` warns.
  private static final double LEAST_FREE = 0.15;

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final DatabaseHost host;
  private final Clock clock;

  private volatile boolean scarce;
  private Instant next = Instant.MIN;

  Scarcity(DatabaseHost host, Clock clock) {
    this.host = host;
    this.clock = clock;
  }

  /// Asks the file system now and then. For one thread.
  boolean holds() {
    if (!clock.instant().isBefore(next)) {
      next = clock.instant().plus(LOOK);
      scarce = look();
    }
    return scarce;
  }

  /// What [#holds] answered last.
  boolean held() {
    return scarce;
  }

  /// Room is being made: the next answer is a new one.
  void askAgain() {
    next = Instant.MIN;
  }

  private boolean look() {
    try {
      return host.scarce(LEAST_FREE);
    } catch (HostException e) {
      LOG.warn("{}. No automated snapshots are made for now", e.getMessage());
      return true;
    }
  }
}
