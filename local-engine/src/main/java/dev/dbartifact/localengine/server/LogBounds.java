package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the logs of all servers from growing without end, in the background. As long as they are
/// short that costs a look at a few files.
final class LogBounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogBounds.class);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration END = Duration.ofSeconds(2);

  private final ServerDirectories directories;
  private final List<Dbms> kinds;

  /// Those of which the engine's log knows that it did not succeed.
  private final Set<String> failed = new HashSet<>();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("log bounds").unstarted(this::run);

  LogBounds(ServerDirectories directories, List<Dbms> kinds) {
    this.directories = directories;
    this.kinds = List.copyOf(kinds);
  }

  void begin() {
    thread.start();
  }

  private void run() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (var volume : directories.served()) {
        bound(volume);
      }
    } catch (IOException e) {
      LOG.warn("Could not look at the logs of servers: {}", e.getMessage());
    }
  }

  /// The server may end meanwhile, and its volume go.
  private void bound(String volume) {
    try {
      for (var dbms : kinds) {
        dbms.boundLogs(volume);
      }
      failed.remove(volume);
    } catch (IOException e) {
      if (closing.getCount() > 0 && failed.add(volume)) {
        LOG.warn(
            "The logs of {} may grow until its server can begin others, which is tried every {} s: {}",
            volume,
            PAUSE.toSeconds(),
            e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
    try {
      thread.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
