package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings back the servers that end by themselves, as RDS does: a reader takes over from a writer,
/// and what has nobody to take over is started again, which recovers it. See "High availability for
/// Amazon Aurora" in the Aurora User Guide.
///
/// What instances show meanwhile is written nowhere: the next engine starts their servers anyway,
/// and the disk may be full.
public final class Revival {

  private static final Logger LOG = LoggerFactory.getLogger(Revival.class);

  private static final HostException ENDED = new HostException("Its server has ended by itself");

  /// How often a server is started that had no room, or whose address another one has.
  private static final Duration ROOM = Duration.ofSeconds(30);

  private final Catalog catalog;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Members members;
  private final Serving serving;
  private final InstanceStates states;
  private final ServerWork servers;
  private final Failovers failovers;
  private final Followers followers;
  private final Paused paused;
  private final RevivalEvents events;

  /// By the instance's resource id.
  private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

  /// The instances, by resource id, that wait until nothing else has their address.
  private final Set<String> unreachable = ConcurrentHashMap.newKeySet();

  public Revival(
      Catalog catalog,
      Clock clock,
      Work work,
      Pacing pacing,
      Members members,
      Serving serving,
      InstanceStates states,
      ServerWork servers,
      Failovers failovers,
      Followers followers,
      Paused paused,
      Events events) {
    this.catalog = catalog;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.members = members;
    this.serving = serving;
    this.states = states;
    this.servers = servers;
    this.failovers = failovers;
    this.followers = followers;
    this.paused = paused;
    this.events = new RevivalEvents(events);
  }

  /// Looks after the server on this volume, which has ended, perhaps because it was asked to.
  public void ended(StorageId volume) {
    catalog
        .clusters
        .find(volume.value())
        .flatMap(members::writer)
        .or(() -> readerOn(volume))
        .ifPresent(instance -> within(instance, this::beginIfDead));
  }

  private Optional<Instance> readerOn(StorageId volume) {
    return catalog.instances.all().stream()
        .filter(each -> each.readerVolume().equals(volume))
        .findFirst();
  }

  /// Whether the instance, which is available, has no server; that is looked after then.
  public boolean isDead(Cluster cluster, Instance instance) {
    var dead =
        cluster.is(Status.AVAILABLE)
            && instance.serves()
            && !paused.contains(cluster)
            && !serving.running(cluster, instance);
    if (dead) {
      within(instance, this::beginIfDead);
    }
    return dead;
  }

  /// After the work on its cluster that is under way, with what they are then.
  private void within(Instance instance, BiConsumer<Cluster, Instance> step) {
    work.on(
        servers.volumes(instance),
        () -> {
          var cluster = catalog.clusters.find(instance.storage());
          var now = catalog.instances.find(instance.resourceId());
          if (now.isEmpty()) {
            attempts.remove(instance.resourceId());
            unreachable.remove(instance.resourceId());
          } else if (cluster.isPresent() && !work.closing()) {
            step.accept(cluster.get(), now.get());
          }
        });
  }

  private void beginIfDead(Cluster cluster, Instance instance) {
    if (isToServe(cluster, instance)
        && !InstanceStates.isReviving(instance)
        && !paused.contains(cluster)
        && !serving.running(cluster, instance)) {
      begin(cluster, instance);
    }
  }

  /// Starts a server anew that runs, and is of no use.
  ///
  /// @param reason is asked within the work on its cluster; where there is none, nothing happens
  void replace(Instance instance, Function<Instance, Optional<HostException>> reason) {
    within(
        instance,
        (cluster, now) ->
            reason
                .apply(now)
                .ifPresent(why -> {
                  events.begun(now);
                  again(cluster, now, why);
                }));
  }

  /// Goes on to bring back an instance that waits for room, and for a while showed something else,
  /// so that its turns may have passed.
  public void waitOn(Instance instance) {
    within(instance, this::attemptIfReviving);
  }

  private static boolean isToServe(Cluster cluster, Instance instance) {
    return InstanceStates.isToServe(instance) && !cluster.is(Status.DELETING);
  }

  private void begin(Cluster cluster, Instance instance) {
    LOG.warn(
        "The server of instance '{}' has ended by itself; 'db-artifact-local logs {}' may say why",
        instance.id(),
        cluster.id());
    events.begun(instance);
    again(cluster, instance, ENDED);
  }

  /// Starts it when the time has come, or gives it up.
  private void again(Cluster cluster, Instance instance, Exception reason) {
    var now = clock.instant();
    var before = attempts.getOrDefault(instance.resourceId(), Attempts.NONE).asOf(now);
    var next = before.next(now);
    if (next.isEmpty()) {
      giveUp(cluster, instance, reason);
      return;
    }
    attempts.put(instance.resourceId(), before.andOne(next.get()));
    states.show(
        instance,
        Status.REBOOTING,
        "%s; start %d of %d".formatted(reason.getMessage(), before.made() + 1, Attempts.MOST));
    if (next.get().equals(now)) {
      attempt(cluster, instance);
    } else {
      pacing.at(next.get(), () -> within(instance, this::attemptIfReviving));
    }
  }

  private void attemptIfReviving(Cluster cluster, Instance instance) {
    if (isToServe(cluster, instance) && InstanceStates.isReviving(instance)) {
      attempt(cluster, instance);
    }
  }

  private void attempt(Cluster cluster, Instance instance) {
    if (followers.waits(cluster, instance)) {
      return;
    }
    var begun = clock.instant();
    try {
      failovers
          .letSucceed(cluster, instance)
          .ifPresent(each -> states.show(each, Status.REBOOTING, "It could not take over"));
      servers.revive(instance, () -> events.complete(instance));
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        failed(cluster, instance, e, begun);
      }
    }
  }

  /// Looks after an instance whose server was started, or could not be, and after those that follow
  /// it.
  public void tried(Instance leader) {
    catalog.instances.find(leader.resourceId()).ifPresent(this::waitIfThatHelps);
    catalog
        .clusters
        .find(leader.storage())
        .filter(_ -> members.writes(leader))
        .ifPresent(
            cluster -> followers.of(cluster).forEach(each -> within(each, this::attemptIfLeft)));
  }

  private void waitIfThatHelps(Instance instance) {
    if (instance.is(Status.INCOMPATIBLE_NETWORK) && unreachable.add(instance.resourceId())) {
      pacing.at(clock.instant().plus(ROOM), () -> within(instance, this::attemptIfUnreachable));
    } else if (instance.is(Status.STORAGE_FULL) && InstanceStates.isReviving(instance)) {
      pacing.at(clock.instant().plus(ROOM), () -> within(instance, this::attemptIfReviving));
    }
  }

  /// As long as it takes: who has its address may end at any time.
  private void attemptIfUnreachable(Cluster cluster, Instance instance) {
    unreachable.remove(instance.resourceId());
    if (!instance.is(Status.INCOMPATIBLE_NETWORK) || cluster.is(Status.DELETING)) {
      return;
    }
    try {
      servers.revive(instance, () -> events.complete(instance));
    } catch (HostException.AddressTaken e) {
      waitIfThatHelps(instance);
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        followers.notStarted(instance, e);
        waitIfThatHelps(catalog.instances.find(instance.resourceId()).orElse(instance));
      }
    }
  }

  private void attemptIfLeft(Cluster cluster, Instance follower) {
    if (followers.isLeft(cluster, follower) && !cluster.is(Status.DELETING)) {
      attempt(cluster, follower);
    }
  }

  private void failed(Cluster cluster, Instance instance, Exception reason, Instant begun) {
    LOG.warn("Instance '{}' did not come back: {}", instance.id(), reason.getMessage());
    if (InstanceStates.isFull(reason)) {
      waitForRoom(instance, reason, begun.plus(ROOM));
    } else {
      again(cluster, instance, reason);
    }
  }

  /// As long as it takes: room may be made at any time.
  private void waitForRoom(Instance instance, Exception reason, Instant next) {
    catalog.instances.find(instance.resourceId()).ifPresent(events::full);
    states.show(instance, Status.STORAGE_FULL, reason.getMessage());
    pacing.at(next, () -> within(instance, this::attemptIfReviving));
  }

  private void giveUp(Cluster cluster, Instance instance, Exception reason) {
    attempts.remove(instance.resourceId());
    var status = reason == ENDED ? Status.FAILED : InstanceStates.after(instance, reason);
    var cause = reason == ENDED ? reason.getMessage() : InstanceStates.why(instance, reason);
    var why =
        "%s. It was started %d times in vain, and is started again with the engine"
            .formatted(cause, Attempts.MOST);
    LOG.error("Instance '{}' is {}: {}", instance.id(), status, why);
    states.show(instance, status, why);
    events.givenUp(instance, status, cause);
    tried(instance);
  }
}
