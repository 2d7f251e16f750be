package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings to the disk what the server of a clone wrote since its first start, however often that
/// has to be tried: until it is there, the next crash of the machine takes the clone, be it weeks
/// old. A disk that is full now may have room in a minute.
///
/// @param name of the volume, for messages
/// @param server whose first start did not wait for the disk
/// @param needed whether nobody else looks after it meanwhile
/// @param closing ends all waiting
/// @param pause between two attempts
record Flushing(
    String name, Server server, BooleanSupplier needed, CountDownLatch closing, Duration pause) {
  private static final Logger LOG = LoggerFactory.getLogger(Flushing.class);

  /// The server of one volume.
  interface Server {
    boolean running() throws IOException;

    /// Nothing happens where everything is on the disk.
    void flush() throws IOException;

    /// Whether somebody is ending it, or its volume.
    boolean ending();
  }

  /// One that ends before, and cleanly, brings everything to the disk itself.
  void run() throws InterruptedException {
    var failed = false;
    do {
      try {
        if (server.running()) {
          server.flush();
          tellOfSuccess(failed);
        }
        return;
      } catch (IOException e) {
        tell(e, failed);
        failed = true;
      }
    } while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS) && needed.getAsBoolean());
  }

  private void tellOfSuccess(boolean failed) {
    if (failed) {
      LOG.info("The clone {} is on the disk now", name);
    }
  }

  /// What could not be flushed while it ends is no news, and what is known already is none.
  private void tell(IOException reason, boolean known) {
    if (known || server.ending()) {
      LOG.debug("The clone {} is not on the disk yet", name, reason);
      return;
    }
    try {
      if (server.running()) {
        LOG.warn(
            "The clone {} is lost if the machine loses power before it is stopped, or can be brought to the disk, which is tried every {} s: {}",
            name,
            pause.toSeconds(),
            reason.getMessage());
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
      LOG.warn("Could not tell whether the server of {} runs", name, reason);
    }
  }
}
