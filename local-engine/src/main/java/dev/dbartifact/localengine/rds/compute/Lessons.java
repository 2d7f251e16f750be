package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Repeats what servers could not learn. Nobody else asks one that runs on, and until it knows its
/// new password its cluster is not paused, and its secret goes on rotating.
final class Lessons {

  private static final Logger LOG = LoggerFactory.getLogger(Lessons.class);

  /// Between two attempts. A transaction of a user's may hold the lock that one needs, and ends.
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Lesson lesson;

  /// Those whose next attempt waits for its time.
  private final Set<StorageId> pausing = ConcurrentHashMap.newKeySet();

  /// What the server of a cluster is to learn, if anything.
  @FunctionalInterface
  interface Lesson {
    /// One that fails asks to be repeated itself.
    void teach(Cluster cluster) throws HostException;
  }

  Lessons(
      Catalog catalog, DatabaseHost host, Clock clock, Work work, Pacing pacing, Lesson lesson) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.lesson = lesson;
  }

  /// After a pause, if the server runs then: the start of one that does not teaches it anyway.
  void repeat(Cluster cluster) {
    if (!work.closing() && pausing.add(cluster.storageId())) {
      pacing.at(clock.instant().plus(PAUSE), () -> begin(cluster));
    }
  }

  /// It may wait for a lock again: copies do not wait with it.
  private void begin(Cluster cluster) {
    var id = cluster.storageId();
    pausing.remove(id);
    work.inPassing(
        id,
        () -> {
          if (host.running(id)) {
            catalog.clusters.find(cluster.storage()).ifPresent(this::teach);
          }
        });
  }

  /// That it fails has been told.
  private void teach(Cluster cluster) {
    try {
      lesson.teach(cluster);
    } catch (HostException e) {
      LOG.debug("The server of '{}' has still not learned its password", cluster.id(), e);
    }
  }
}
