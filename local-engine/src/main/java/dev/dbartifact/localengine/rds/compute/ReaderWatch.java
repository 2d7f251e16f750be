package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Ticks;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether readers still follow their writers, and read replicas their sources. A server that
/// has given that up runs on, and shows what there was.
public final class ReaderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderWatch.class);

  private static final Duration TICK = Duration.ofMillis(250);

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Catalog catalog;
  private final Clock clock;
  private final Work work;
  private final Members members;
  private final Serving serving;
  private final Revival revival;

  /// The followers, by resource id, that a look is under way at.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private final Ticks ticks = new Ticks("those that follow others", TICK, this::tick);

  private Instant next;

  public ReaderWatch(
      Catalog catalog, Clock clock, Work work, Members members, Serving serving, Revival revival) {
    this.catalog = catalog;
    this.clock = clock;
    this.work = work;
    this.members = members;
    this.serving = serving;
    this.revival = revival;
  }

  public void begin() {
    next = clock.instant().plus(LOOK);
    ticks.begin();
  }

  private void tick() {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(LOOK);
    catalog.instances.all().stream().filter(this::follows).forEach(this::look);
  }

  private boolean follows(Instance instance) {
    return instance.is(Status.AVAILABLE) && leader(instance).isPresent();
  }

  /// What the instance follows, in words. A read replica writes to the volume that it has, and does
  /// nothing but follow all the same.
  private Optional<String> leader(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .flatMap(cluster -> leader(cluster, members.writes(instance)));
  }

  private static Optional<String> leader(Cluster cluster, boolean writes) {
    return cluster.replicates().isPresent()
        ? Optional.of("source")
        : Optional.of("writer").filter(_ -> !writes);
  }

  /// One whose server does not answer holds up nobody else.
  private void look(Instance follower) {
    if (looking.add(follower.resourceId())) {
      work.aside(() -> {
        try {
          if (endOfFollowing(follower).isPresent()) {
            revival.replace(follower, this::reason);
          }
        } finally {
          looking.remove(follower.resourceId());
        }
      });
    }
  }

  private Optional<HostException> reason(Instance follower) {
    return leader(follower)
        .filter(_ -> follower.is(Status.AVAILABLE))
        .flatMap(leader -> endOfFollowing(follower).map(why -> told(follower, leader, why)));
  }

  private Optional<String> endOfFollowing(Instance follower) {
    try {
      var cluster = catalog.clusters.find(follower.storage());
      return cluster.isPresent()
          ? serving.endOfFollowing(cluster.get(), follower)
          : Optional.empty();
    } catch (HostException e) {
      // Its server is on its way out, or gone, which is noticed by itself; or too busy to say.
      LOG.debug("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static HostException told(Instance follower, String leader, String why) {
    LOG.warn(
        "Instance '{}' has stopped to follow its {}, and is made anew. {}",
        follower.id(),
        leader,
        why);
    return new HostException("It has stopped to follow its %s. %s".formatted(leader, why));
  }

  @Override
  public void close() {
    ticks.close();
  }
}
