package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings to the disk, in the background, what clones did not wait for: on a busy file system that
/// takes longer than making them, and nobody needs to wait for it. A little later: everybody who
/// writes waits meanwhile, most of all the source, and a clone that has gone by then is not
/// written. By flushing a server everything is on the disk; little is left to do for its volume
/// then.
final class Hardening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Hardening.class);
  private static final Duration UNTIL_SERVER = Duration.ofSeconds(1);
  private static final Duration UNTIL_VOLUME = Duration.ofSeconds(2);
  private static final Duration UNTIL_RETRY = Duration.ofSeconds(30);

  private final VolumeStore store;
  private final Servers servers;
  private final Set<String> ending = ConcurrentHashMap.newKeySet();

  /// The last start of each server that is still to be flushed: it takes over from earlier ones.
  private final Map<String, Object> latest = new ConcurrentHashMap<>();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);

  Hardening(VolumeStore store, Servers servers) {
    this.store = store;
    this.servers = servers;
  }

  /// The volume's own blocks.
  void volume(String name) {
    after(
        UNTIL_VOLUME,
        () -> {
          try {
            if (store.seal(name).isPresent()) {
              var stages = Stages.of("Hardening the volume " + name);
              store.harden(name);
              stages.done("fsync").end();
            }
          } catch (IOException e) {
            if (Files.exists(store.path(name))) {
              LOG.warn(
                  "The clone {} may be lost in a power failure within the next seconds: {}",
                  name,
                  e.getMessage());
            }
          }
        });
  }

  /// What an earlier engine left to do, one volume after the other: there may be many, each can
  /// flush the whole file system, and they have been there for a while.
  void left(List<String> names) {
    after(UNTIL_VOLUME, () -> names.forEach(this::hardenLeft));
  }

  /// What is not done when the host is closed is left to the next one.
  private void hardenLeft(String name) {
    try {
      if (closing.getCount() > 0 && store.seal(name).isPresent()) {
        store.harden(name);
      }
    } catch (IOException e) {
      if (Files.exists(store.path(name))) {
        LOG.warn(
            "The volume.json of {} has no copy yet, the next start tries again: {}",
            name,
            e.getMessage());
      }
    }
  }

  /// What the server wrote since its first start. One that ends before, and cleanly, does that
  /// itself.
  void server(String name, InstalledServers.Server server) {
    var start = new Object();
    latest.put(name, start);
    var flushing =
        new Flushing(
            name, started(name, server), () -> latest.get(name) == start, closing, UNTIL_RETRY);
    after(
        UNTIL_SERVER,
        () -> {
          flushing.run();
          latest.remove(name, start);
        });
  }

  private Flushing.Server started(String name, InstalledServers.Server server) {
    return new Flushing.Server() {
      @Override
      public boolean running() throws IOException {
        return servers.daemon(name).running();
      }

      @Override
      public void flush() throws IOException {
        server.dbms().flush(name, server.version());
      }

      @Override
      public boolean ending() {
        return ending.contains(name);
      }
    };
  }

  private interface Task {
    void run() throws InterruptedException;
  }

  /// At the end nothing waits any longer.
  private void after(Duration delay, Task task) {
    threads.execute(() -> {
      try {
        closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        task.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /// Ends a server. One that stops brings everything to the disk itself, and of one whose volume
  /// goes nobody wants anything: what could not be flushed meanwhile is no news.
  void ending(String name, Failures.Step end) throws IOException {
    ending.add(name);
    try {
      end.run();
    } finally {
      ending.remove(name);
    }
  }

  /// Does what is left, and waits a little for it.
  @Override
  public void close() {
    closing.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(StopLimit.HARDENING.millis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Clones that were just made are lost if the machine loses power now");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdownNow();
    }
  }
}
