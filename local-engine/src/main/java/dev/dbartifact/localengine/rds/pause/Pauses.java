package dev.dbartifact.localengine.rds.pause;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.compute.Paused;
import dev.dbartifact.localengine.rds.compute.Revival;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.compute.Serving;
import dev.dbartifact.localengine.rds.network.Visits;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Ticks;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops the servers of clusters that nobody is connected to, where their capacity may be nothing,
/// and starts them for whoever comes. Meanwhile they show themselves available. See "Scaling to
/// Zero ACUs with automatic pause and resume for Aurora Serverless v2" in the Aurora User Guide.
public final class Pauses implements Visits, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pauses.class);

  private static final Duration TICK = Duration.ofMillis(250);

  /// For how long a cluster stays that has resumed because it was changed. See "How maintenance and
  /// upgrades work for auto-paused Aurora Serverless v2 clusters".
  private static final Duration AFTER_A_CHANGE = Duration.ofMinutes(20);

  private final Catalog catalog;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Members members;
  private final Serving serving;
  private final ServerWork servers;
  private final Revival revival;
  private final Paused paused;
  private final Events events;

  /// By the clusters' volumes, as all that follow.
  private final Map<String, Attendance> attendances = new ConcurrentHashMap<>();

  /// What those were like that are paused, or about to be.
  private final Map<String, Picture> pictures = new ConcurrentHashMap<>();

  private final Set<String> pausing = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<Void>> resuming = new ConcurrentHashMap<>();
  private final Ticks ticks = new Ticks("clusters that may pause", TICK, this::tick);

  public Pauses(
      Catalog catalog,
      Clock clock,
      Work work,
      Pacing pacing,
      Members members,
      Serving serving,
      ServerWork servers,
      Revival revival,
      Paused paused,
      Events events) {
    this.catalog = catalog;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.members = members;
    this.serving = serving;
    this.servers = servers;
    this.revival = revival;
    this.paused = paused;
    this.events = events;
  }

  /// Whom nobody has come to since an earlier engine is idle from now on.
  public void begin() {
    catalog.watch(this::changed);
    catalog.clusters.all().forEach(each -> attendance(each.storage()));
    ticks.begin();
  }

  private void tick() {
    catalog.clusters.all().stream().filter(this::isDue).forEach(each -> initiate(each.storage()));
  }

  private boolean isDue(Cluster cluster) {
    var storage = cluster.storage();
    if (!cluster.mayPause() || paused.contains(cluster) || resuming.containsKey(storage)) {
      return false;
    }
    var now = clock.instant();
    var attendance = attendance(storage);
    if (PauseRule.obstacle(cluster, catalog.instancesOf(cluster)).isPresent()) {
      attendance.countFrom(now);
      return false;
    }
    return attendance.isIdle(now, patience(cluster));
  }

  private Attendance attendance(String storage) {
    return attendances.computeIfAbsent(storage, _ -> new Attendance(clock.instant()));
  }

  private Duration patience(Cluster cluster) {
    return pacing.length(cluster.idleUntilPause());
  }

  /// What is asked of the cluster from here on waits for the pause, and cancels it if it changes
  /// the cluster.
  private void initiate(String storage) {
    catalog.changing(() ->
        catalog
            .clusters
            .find(storage)
            .filter(this::isDue)
            .filter(_ -> pausing.add(storage))
            .ifPresent(cluster -> {
              var writer = catalog.instancesOf(cluster).getFirst();
              pictures.put(storage, picture(cluster));
              events.ofCapacity(writer, "Initiated pause for the DB instance.");
              work.on(cluster.volumes(), () -> pause(cluster, writer));
            }));
  }

  private Picture picture(Cluster cluster) {
    return Picture.of(cluster, catalog.instancesOf(cluster));
  }

  private void pause(Cluster cluster, Instance writer) {
    try {
      if (catalog.changing(() -> letRest(cluster))) {
        CrashPoint.CLUSTER_PAUSING.reached();
        servers.pause(cluster, writer);
        CrashPoint.CLUSTER_PAUSED.reached();
        events.ofCapacity(writer, "Successfully paused the DB instance.");
      } else {
        cancel(writer);
      }
    } catch (HostException e) {
      if (!work.closing()) {
        LOG.warn("Cluster '{}' was not paused: {}", cluster.id(), e.getMessage());
        paused.end(cluster);
        cancel(writer);
        // It may have ended all the same.
        revival.ended(cluster.storageId());
      }
    } finally {
      pausing.remove(cluster.storage());
    }
  }

  private void cancel(Instance writer) {
    attendance(writer.storage()).countFrom(clock.instant());
    events.ofCapacity(writer, "Pause was canceled for the DB instance.");
  }

  /// Whether the cluster is still as it was, and nobody has come.
  private boolean letRest(Cluster cluster) {
    return catalog
        .clusters
        .find(cluster.storage())
        .filter(this::isDue)
        .filter(now -> picture(now).equals(pictures.get(cluster.storage())))
        .filter(now ->
            attendance(now.storage())
                .whileIdle(clock.instant(), patience(now), () -> paused.begin(now)))
        .isPresent();
  }

  /// Leaves a server for later that does not run, when the engine starts: whoever comes first gets
  /// it. Whether it can.
  public boolean letRest(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .filter(cluster -> cluster.pendingVerifier() == null)
        .filter(cluster ->
            PauseRule.obstacle(cluster, catalog.instancesOf(cluster)).isEmpty()
                && !serving.running(cluster, instance))
        .map(cluster -> {
          pictures.put(cluster.storage(), picture(cluster));
          paused.begin(cluster);
          return true;
        })
        .orElse(false);
  }

  /// What is changed is in use. See "Resuming an auto-paused Aurora Serverless v2 instance".
  private void changed(String storage) {
    var cluster = catalog.clusters.find(storage);
    if (cluster.isEmpty()) {
      attendances.remove(storage);
      pictures.remove(storage);
    } else if (!paused.contains(cluster.get())) {
      attendance(storage).countFrom(clock.instant());
    } else if (!picture(cluster.get()).equals(pictures.get(storage))) {
      stay(cluster.get());
      resume(cluster.get());
    }
  }

  private void stay(Cluster cluster) {
    var patience = cluster.mayPause() ? patience(cluster) : Duration.ZERO;
    var more = pacing.length(AFTER_A_CHANGE).minus(patience);
    attendance(cluster.storage()).countFrom(clock.instant().plus(more));
  }

  @Override
  public Runnable enter(Cluster cluster) {
    var attendance = attendance(cluster.storage());
    attendance.enter();
    try {
      if (isAway(cluster)) {
        resume(cluster).join();
      }
    } catch (CancellationException e) {
      LOG.debug("The engine stops before '{}' has resumed", cluster.id());
    }
    return () -> attendance.leave(clock.instant());
  }

  /// Whether a cluster is paused, or on its way back, which it is then.
  ///
  /// @param arn of a DB cluster, or of none
  public boolean resumes(String arn) {
    return catalog.dbClusters().stream()
        .filter(each -> each.settings().dbClusterArn().equals(arn))
        .anyMatch(this::resumes);
  }

  /// The same of this cluster.
  public boolean resumes(Cluster cluster) {
    var away = isAway(cluster);
    if (away) {
      resume(cluster);
    }
    return away;
  }

  private boolean isAway(Cluster cluster) {
    return paused.contains(cluster) || resuming.containsKey(cluster.storage());
  }

  /// Those who wait for one cluster wait for the same start.
  private CompletableFuture<Void> resume(Cluster cluster) {
    return resuming.computeIfAbsent(
        cluster.storage(),
        storage -> {
          var over = new CompletableFuture<Void>();
          work.on(cluster.volumes(), () -> resume(storage, over));
          return over;
        });
  }

  private void resume(String storage, CompletableFuture<Void> over) {
    var settled = pacing.end(Phase.INSTANCE_RESUMING);
    var resumed = Optional.<Instance>empty();
    try {
      resumed = startedWriter(storage);
    } finally {
      // Whatever has gone wrong: nobody waits for ever.
      if (resumed.isEmpty()) {
        resuming.remove(storage);
        over.complete(null);
      }
    }
    resumed.ifPresent(writer -> pacing.at(settled, () -> available(storage, writer, over)));
  }

  private Optional<Instance> startedWriter(String storage) {
    var cluster = catalog.clusters.find(storage).filter(paused::contains);
    return cluster.flatMap(members::writer).filter(writer -> started(cluster.get(), writer));
  }

  private void available(String storage, Instance writer, CompletableFuture<Void> over) {
    attendance(storage).countFrom(clock.instant());
    // Who hears of it finds it so, and who has waited hears of it.
    resuming.remove(storage);
    events.ofCapacity(writer, "Successfully resumed the DB instance.");
    over.complete(null);
  }

  private boolean started(Cluster cluster, Instance writer) {
    attendance(cluster.storage()).countFrom(clock.instant());
    events.ofCapacity(writer, "Initiated resume for the DB instance.");
    CrashPoint.CLUSTER_RESUMING.reached();
    try {
      servers.resume(writer);
      return true;
    } catch (HostException | RuntimeException | Error e) {
      if (!work.closing()) {
        LOG.warn("Cluster '{}' did not resume: {}", cluster.id(), e.getMessage());
        revival.ended(cluster.storageId());
      }
      return false;
    }
  }

  /// Those who wait for a server get none.
  @Override
  public void close() {
    ticks.close();
    resuming.values().forEach(each -> each.cancel(false));
  }
}
