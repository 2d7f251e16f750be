package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.HostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether readers still follow their writers. A server that has given that up runs on, and
/// shows what there was.
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

  /// The readers, by resource id, that a look is under way at.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("readers").factory());

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
    ticks.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    var now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(LOOK);
    try {
      catalog.instances.all().stream().filter(this::reads).forEach(this::look);
    } catch (RuntimeException e) {
      LOG.error("Could not look after readers", e);
    }
  }

  private boolean reads(Instance instance) {
    return instance.is(Status.AVAILABLE) && !members.writes(instance);
  }

  /// One whose server does not answer holds up nobody else.
  private void look(Instance reader) {
    if (looking.add(reader.resourceId())) {
      work.aside(() -> {
        try {
          if (endOfFollowing(reader).isPresent()) {
            revival.replace(reader, this::reason);
          }
        } finally {
          looking.remove(reader.resourceId());
        }
      });
    }
  }

  private Optional<HostException> reason(Instance reader) {
    return reads(reader) ? endOfFollowing(reader).map(why -> told(reader, why)) : Optional.empty();
  }

  private Optional<String> endOfFollowing(Instance reader) {
    try {
      return serving.endOfFollowing(reader);
    } catch (HostException e) {
      // Its server is on its way out, or gone, which is noticed by itself; or too busy to say.
      LOG.debug("{}", e.getMessage());
      return Optional.empty();
    }
  }

  private static HostException told(Instance reader, String why) {
    LOG.warn(
        "Reader '{}' has stopped to follow its writer, and is made anew. {}", reader.id(), why);
    return new HostException("It has stopped to follow its writer. " + why);
  }

  @Override
  public void close() {
    ticks.shutdownNow();
  }
}
