package dev.dbartifact.localengine.rds.storage;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Ticks;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.ServerKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the history of each cluster go on, in the background, and says which times it reaches.
public final class Histories implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

  /// How soon a cluster has a history that has become available.
  private static final Duration TICK = Duration.ofMillis(250);

  /// The server keeps its log by itself in between.
  private static final Duration LOOK = Duration.ofSeconds(5);

  /// A clone comes with many others, or goes soon; its history can wait, until it is written to.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;
  private final Members members;

  /// When to look at each cluster next, by its volume.
  private final Map<String, Instant> next = new ConcurrentHashMap<>();

  /// Those that a look is under way at.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private final Ticks ticks = new Ticks("the histories of clusters", TICK, this::tick);

  public Histories(Catalog catalog, DatabaseHost host, Clock clock, Work work, Members members) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
    this.members = members;
  }

  /// The times that the cluster, which is available or stopped, can be restored to now.
  public RestoreWindow window(Cluster cluster) {
    return RestoreWindow.of(
        host.history().since(cluster.storageId()),
        members.backupRetention(cluster),
        clock.instant());
  }

  public void begin() {
    ticks.begin();
  }

  /// Lets a clone that has other data wait for a history as one that is new.
  public void beginAnew(Cluster cluster) {
    next.remove(cluster.storage());
  }

  private void tick() {
    var all = catalog.clusters.all();
    next.keySet().retainAll(all.stream().map(Cluster::storage).collect(Collectors.toSet()));
    var now = clock.instant();
    var due = all.stream().filter(each -> !isLater(each, now)).toList();
    due.stream().filter(this::serves).forEach(this::lookIfDue);
    due.stream().filter(this::isUnwanted).forEach(this::forgetSoon);
  }

  /// Whether it was said before that there is nothing to do at the cluster now.
  private boolean isLater(Cluster cluster, Instant now) {
    var due = next.get(cluster.storage());
    return due != null && now.isBefore(due);
  }

  private boolean serves(Cluster cluster) {
    return cluster.is(Status.AVAILABLE)
        && members.backupRetention(cluster) > 0
        && members.writer(cluster).filter(writer -> writer.is(Status.AVAILABLE)).isPresent();
  }

  /// RDS deletes automated backups when the period becomes 0.
  private boolean isUnwanted(Cluster cluster) {
    return members.backupRetention(cluster) == 0
        && host.history().since(cluster.storageId()).isPresent();
  }

  private void forgetSoon(Cluster cluster) {
    if (isDue(cluster) && looking.add(cluster.storage())) {
      work.on(List.of(cluster.storageId()), () -> looking(cluster, this::forget));
    }
  }

  private void forget(Cluster cluster) throws HostException {
    // It may have been wanted again meanwhile.
    if (catalog.clusters.find(cluster.storage()).filter(this::isUnwanted).isPresent()) {
      host.history().forget(cluster.storageId());
    }
  }

  private void lookIfDue(Cluster cluster) {
    if (isDue(cluster) && looking.add(cluster.storage())) {
      Runnable job = () -> looking(cluster, this::look);
      if (Engine.of(cluster.settings().engine()).server() == ServerKind.POSTGRESQL) {
        work.inPassing(cluster.storageId(), job);
      } else {
        // It may hold a MariaDB for a moment, as may a copy; the first to end would let it go on.
        work.on(List.of(cluster.storageId()), job);
      }
    }
  }

  private boolean isDue(Cluster cluster) {
    var now = clock.instant();
    var due = next.computeIfAbsent(cluster.storage(), _ -> now.plus(patience(cluster)));
    return !now.isBefore(due);
  }

  private Duration patience(Cluster cluster) {
    return isClone(cluster) && host.history().since(cluster.storageId()).isEmpty()
        ? PATIENCE
        : Duration.ZERO;
  }

  private static boolean isClone(Cluster cluster) {
    return cluster.cloneKind() == CloneKind.COPY_ON_WRITE;
  }

  private interface Look {
    void at(Cluster cluster) throws HostException;
  }

  private void looking(Cluster cluster, Look look) {
    var now = clock.instant();
    try {
      next.put(cluster.storage(), now.plus(LOOK));
      look.at(cluster);
    } catch (HostException | RuntimeException e) {
      if (!work.closing() && catalog.clusters.find(cluster.storage()).isPresent()) {
        next.put(cluster.storage(), now.plus(AFTER_A_FAILURE));
        LOG.warn(
            "{}; tried again in {} min. Restores to a time reach as far as before",
            e.getMessage(),
            AFTER_A_FAILURE.toMinutes());
      }
    } finally {
      looking.remove(cluster.storage());
    }
  }

  private void look(Cluster cluster) throws HostException {
    var outdated = clock.instant().minus(Duration.ofDays(members.backupRetention(cluster)));
    host.history().keep(cluster.storageId(), outdated, !isClone(cluster));
  }

  @Override
  public void close() {
    ticks.close();
  }
}
