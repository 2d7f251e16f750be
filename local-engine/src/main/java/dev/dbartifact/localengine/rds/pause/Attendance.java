package dev.dbartifact.localengine.rds.pause;

import java.time.Duration;
import java.time.Instant;

/// How many connections a cluster has, and since when it has none.
final class Attendance {

  private int present;
  private Instant idleSince;

  Attendance(Instant now) {
    idleSince = now;
  }

  synchronized void enter() {
    present++;
  }

  synchronized void leave(Instant now) {
    present--;
    countFrom(now);
  }

  /// Idleness counts from then on, or from later.
  synchronized void countFrom(Instant time) {
    idleSince = time.isAfter(idleSince) ? time : idleSince;
  }

  synchronized boolean isIdle(Instant now, Duration patience) {
    return present == 0 && !now.isBefore(idleSince.plus(patience));
  }

  /// Runs this if the cluster is idle, while nobody enters. Whether it did.
  synchronized boolean whileIdle(Instant now, Duration patience, Runnable then) {
    var idle = isIdle(now, patience);
    if (idle) {
      then.run();
    }
    return idle;
  }
}
