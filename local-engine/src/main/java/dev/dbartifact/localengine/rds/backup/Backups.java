package dev.dbartifact.localengine.rds.backup;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Ticks;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes an automated snapshot of each cluster and plain instance when it is due, one at a time,
/// and lets go of those that are outdated, or that take the room of the data. Where copies share no
/// blocks none are made.
public final class Backups implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  /// Windows are told in minutes.
  private static final Duration TICK = Duration.ofSeconds(1);

  /// What an engine that has just been started is asked for first is not to wait for backups that
  /// were missed.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(5);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Members members;
  private final NewBackups newBackups;
  private final SnapshotWork work;
  private final Events events;
  private final Scarcity scarcity;
  private final Instant started;

  /// By the cluster's volume.
  private final Map<String, Attempt> attempts = new ConcurrentHashMap<>();

  /// The clusters, by their volumes, that were told that there is no room for the one that is due.
  private final Set<String> lacking = ConcurrentHashMap.newKeySet();

  private final Ticks ticks = new Ticks("automated snapshots", TICK, this::tick);

  /// The last one of a cluster.
  ///
  /// @param snapshot the volume that it was to have; where that is not there, it failed, or there
  ///   was no room for it
  /// @param again when there may be another one then
  private record Attempt(String snapshot, Instant again) {
    boolean forbids(Instant now, List<Snapshot> there) {
      return now.isBefore(again)
          && there.stream().noneMatch(each -> each.storage().equals(snapshot));
    }
  }

  public Backups(
      Catalog catalog,
      DatabaseHost host,
      Clock clock,
      Members members,
      NewBackups newBackups,
      SnapshotWork work,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.members = members;
    this.newBackups = newBackups;
    this.work = work;
    this.events = events;
    this.scarcity = new Scarcity(host, clock);
    this.started = clock.instant();
  }

  public void begin() {
    ticks.begin();
  }

  private void tick() {
    var all = automated();
    all.values().stream().flatMap(this::outdated).forEach(this::letGoOutdated);
    attempts.keySet().removeIf(storage -> catalog.clusters.find(storage).isEmpty());
    lacking.removeIf(storage -> catalog.clusters.find(storage).isEmpty());
    if (isRoomComing()) {
      scarcity.askAgain();
    } else if (scarcity.holds()) {
      makeRoom(all);
      tellOfLack(all);
    } else if (host.sharesBlocks()) {
      nextDue(all).ifPresent(this::makeIfDue);
    }
  }

  /// By the volumes of their clusters, newest first.
  private Map<String, List<Snapshot>> automated() {
    return catalog.snapshots.all().stream()
        .filter(Snapshot::isAutomated)
        .sorted(Comparator.comparing(BackupPlan::time).reversed())
        .collect(groupingBy(Snapshot::source, collectingAndThen(toList(), List::copyOf)));
  }

  // ---- making

  /// The cluster whose turn it is; one at a time, so that a machine with many of them stays
  /// responsive.
  private Optional<Cluster> nextDue(Map<String, List<Snapshot>> automated) {
    if (automated.values().stream().flatMap(List::stream).anyMatch(Snapshot::isUnderWay)) {
      return Optional.empty();
    }
    return catalog.clusters.all().stream()
        .filter(cluster -> isDue(cluster, automated.getOrDefault(cluster.storage(), List.of())))
        .findFirst();
  }

  private boolean isDue(Cluster cluster, List<Snapshot> newestFirst) {
    return isToBeBackedUp(cluster)
        && isSettled(cluster)
        && isDue(cluster, members.writer(cluster), newestFirst);
  }

  /// Of a read replica there are no snapshots.
  private boolean isToBeBackedUp(Cluster cluster) {
    return cluster.is(Status.AVAILABLE)
        && cluster.replicates().isEmpty()
        && members.backupRetention(cluster) > 0;
  }

  /// Also a cluster without instances has its storage.
  private boolean isSettled(Cluster cluster) {
    return members.writer(cluster).stream().allMatch(writer -> writer.is(Status.AVAILABLE));
  }

  private boolean isDue(Cluster cluster, Optional<Instance> writer, List<Snapshot> newestFirst) {
    if (newestFirst.isEmpty() && writer.isEmpty()) {
      return false;
    }
    var now = clock.instant();
    var next = plan(cluster, writer).map(plan -> plan.next(newestFirst)).orElse(Instant.MAX);
    return !now.isBefore(next)
        && !(next.isBefore(started) && now.isBefore(started.plus(PATIENCE)))
        && Stream.ofNullable(attempts.get(cluster.storage()))
            .noneMatch(last -> last.forbids(now, newestFirst));
  }

  private Optional<BackupPlan> plan(Cluster cluster) {
    return plan(cluster, members.writer(cluster));
  }

  /// Empty for a plain instance that has never been available.
  private Optional<BackupPlan> plan(Cluster cluster, Optional<Instance> writer) {
    var days = members.backupRetention(cluster);
    var fresh = cluster.cloneOf() == null;
    var made =
        cluster.isPlain()
            ? writer.map(only -> only.settings().instanceCreateTime())
            : Optional.of(cluster.settings().clusterCreateTime());
    return members
        .backupWindow(cluster)
        .flatMap(window -> made.map(since -> new BackupPlan(window, days, since, fresh)));
  }

  private void makeIfDue(Cluster chosen) {
    catalog.changing(() ->
        catalog
            .clusters
            .find(chosen.storage())
            .filter(cluster -> isDue(cluster, automatedOf(cluster)))
            .ifPresent(cluster -> make(cluster, members.writer(cluster))));
  }

  /// Within a change of the catalog.
  private void make(Cluster cluster, Optional<Instance> writer) {
    newBackups
        .of(cluster, writer)
        .ifPresent(snapshot -> {
          var again = clock.instant().plus(AFTER_A_FAILURE);
          attempts.put(cluster.storage(), new Attempt(snapshot.storage(), again));
          lacking.remove(cluster.storage());
          catalog.snapshots.put(snapshot);
          if (snapshot.isPlain()) {
            events.ofCluster(cluster, "backup", "Backing up DB instance");
          }
          work.showBackingUp(cluster);
          work.make(snapshot);
        });
  }

  /// Lets a cluster or plain instance that has just been made be backed up before its instance
  /// shows itself available for the first time, as RDS does, where states are shown at all. Within
  /// a change of the catalog.
  ///
  /// @param instance as it will be
  public void served(Instance instance) {
    catalog
        .clusters
        .find(instance.storage())
        .filter(_ -> work.showsBackingUp() && host.sharesBlocks() && !scarcity.held())
        .filter(cluster -> isToBeBackedUp(cluster) && members.writes(instance))
        .filter(cluster -> isDue(cluster, Optional.of(instance), automatedOf(cluster)))
        .ifPresent(cluster -> make(cluster, Optional.of(instance)));
  }

  private List<Snapshot> automatedOf(Cluster cluster) {
    return automated().getOrDefault(cluster.storage(), List.of());
  }

  // ---- letting go

  /// Of one cluster: those that are outdated, and all where it is gone. While it is stopped, or
  /// busy, they stay.
  private Stream<Snapshot> outdated(List<Snapshot> newestFirst) {
    var there = newestFirst.stream().filter(each -> each.is(Status.AVAILABLE)).toList();
    var cluster = catalog.clusters.find(newestFirst.getFirst().source());
    if (cluster.isEmpty()) {
      return newestFirst.stream();
    }
    return cluster.stream()
        .filter(of -> of.is(Status.AVAILABLE))
        .flatMap(of -> plan(of).stream())
        .flatMap(plan -> plan.outdated(there, clock.instant()).stream());
  }

  private void letGoOutdated(Snapshot snapshot) {
    if (letGo(snapshot)) {
      attempts.remove(snapshot.source());
    }
  }

  private boolean letGo(Snapshot snapshot) {
    var goes =
        catalog.changing(
            () -> catalog.snapshots.find(snapshot.storage()).filter(work::letGo).isPresent());
    if (goes) {
      scarcity.askAgain();
    }
    return goes;
  }

  /// Whether one is on its way out: how much room there is without it is not known yet.
  private boolean isRoomComing() {
    return catalog.snapshots.all().stream()
        .filter(Snapshot::isAutomated)
        .anyMatch(work::isBeingRemoved);
  }

  /// Lets go of one, the oldest that nothing is being made from.
  private void makeRoom(Map<String, List<Snapshot>> automated) {
    automated.values().stream()
        .flatMap(List::stream)
        .filter(each -> each.is(Status.AVAILABLE))
        .sorted(Comparator.comparing(BackupPlan::time))
        .filter(this::letGo)
        .findFirst()
        .ifPresent(
            gone -> catalog.clusters.find(gone.source()).ifPresent(cluster -> tell(cluster, gone)));
  }

  /// Once for each that is due.
  private void tellOfLack(Map<String, List<Snapshot>> automated) {
    if (host.sharesBlocks()) {
      catalog.clusters.all().stream()
          .filter(each -> isDue(each, automated.getOrDefault(each.storage(), List.of())))
          .filter(each -> lacking.add(each.storage()))
          .forEach(this::tellOfLack);
    }
  }

  private void tellOfLack(Cluster cluster) {
    var message = "The storage is nearly full: no automated snapshot is made until there is room";
    LOG.warn("{}. That of '{}' is due", message, cluster.id());
    events.ofCluster(cluster, "low storage", message);
  }

  /// The next one is made in its window, and not as soon as there is room.
  private void tell(Cluster cluster, Snapshot gone) {
    plan(cluster)
        .map(plan -> new Attempt(gone.storage(), plan.nextWindow(clock.instant())))
        .ifPresent(attempt -> attempts.put(cluster.storage(), attempt));
    var message =
        "The storage is nearly full: the automated snapshot %s is deleted".formatted(gone.id());
    LOG.warn(message);
    events.ofCluster(cluster, "low storage", message);
  }

  @Override
  public void close() {
    ticks.close();
  }
}
