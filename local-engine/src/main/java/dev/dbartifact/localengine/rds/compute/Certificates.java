package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.work.Ticks;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that the certificates of servers last, and name every host that leads to them. Those
/// of servers that run on and on are looked at every day, and when somebody gives their hosts other
/// names; what has failed is tried again soon.
public final class Certificates implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration LOOK = Duration.ofDays(1);

  private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(30);

  private final Catalog catalog;
  private final Clock clock;
  private final Work work;
  private final Members members;
  private final Serving serving;

  /// What waits for the servers of each cluster to have their certificates, by its volume.
  private final Map<String, List<Runnable>> waiting = new ConcurrentHashMap<>();

  /// When to look at each cluster next, by its volume.
  private final Map<String, Instant> next = new ConcurrentHashMap<>();

  /// Those that a look is under way at.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private final Ticks ticks = new Ticks("the certificates of servers", TICK, this::tick);

  public Certificates(Catalog catalog, Clock clock, Work work, Members members, Serving serving) {
    this.catalog = catalog;
    this.clock = clock;
    this.work = work;
    this.members = members;
    this.serving = serving;
  }

  /// The instance, whose server starts or is looked at, with a certificate that lasts.
  Instance lasting(Instance instance) {
    next.putIfAbsent(instance.storage(), clock.instant().plus(LOOK));
    UnaryOperator<Instance> renewed = now -> now.certified(clock.instant());
    return catalog
        .changing(() -> catalog.instances.update(instance.resourceId(), renewed))
        .orElseGet(() -> renewed.apply(instance));
  }

  /// From now on certificates are looked at before they end. A server that starts has one that
  /// lasts.
  public void begin() {
    ticks.begin();
  }

  private void tick() {
    var all = catalog.clusters.all();
    next.keySet().retainAll(all.stream().map(Cluster::storage).collect(Collectors.toSet()));
    all.stream().filter(this::isDue).forEach(this::look);
  }

  /// One that is new, as any other, a day from now.
  private boolean isDue(Cluster cluster) {
    var now = clock.instant();
    return !now.isBefore(next.computeIfAbsent(cluster.storage(), _ -> now.plus(LOOK)));
  }

  private void look(Cluster cluster) {
    if (looking.add(cluster.storage())) {
      renew(cluster, () -> {});
    }
  }

  /// Lets the servers of a cluster show certificates with all hosts that lead to them now.
  ///
  /// @param then is run when all that run do, be it after further attempts; also when the cluster
  ///   is gone
  public void renew(Cluster cluster, Runnable then) {
    await(cluster.storage(), List.of(then));
    work.on(cluster.volumes(), () -> renewNow(cluster.storage()));
  }

  private void await(String storage, List<Runnable> added) {
    waiting.merge(storage, added, (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
  }

  private void renewNow(String storage) {
    // What comes to wait from now on, comes with a job of its own.
    var then = Optional.ofNullable(waiting.remove(storage)).orElse(List.of());
    var cluster = catalog.clusters.find(storage);
    var done = cluster.isEmpty() || renewed(cluster.get());
    next.put(storage, clock.instant().plus(done ? LOOK : AFTER_A_FAILURE));
    looking.remove(storage);
    if (done) {
      then.forEach(Runnable::run);
    } else {
      await(storage, then);
    }
  }

  /// Whether all servers that run were told; one that cannot be holds up no other.
  private boolean renewed(Cluster cluster) {
    var done = true;
    for (var instance : members.of(cluster)) {
      if (serving.running(cluster, instance) && !renewed(cluster, instance)) {
        done = false;
      }
    }
    return done;
  }

  private boolean renewed(Cluster cluster, Instance instance) {
    try {
      serving.certify(cluster, lasting(instance));
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn(
            "Could not renew the certificate of instance '{}'; tried again in {} s. {}",
            instance.id(),
            AFTER_A_FAILURE.toSeconds(),
            e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() {
    ticks.close();
  }
}
