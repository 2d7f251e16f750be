package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.record.RecordParts;
import java.time.Clock;

/// The parts of this package, put together.
public final class WorkParts implements AutoCloseable {

  public final Clock clock;
  public final Work background = new Work();
  public final Pacing pacing;
  public final Events events;
  public final Endings endings;
  public final Availability availability;
  public final Modifying modifying;

  public WorkParts(RecordParts records, Clock clock, Pace pace) {
    this.clock = clock;
    pacing = new Pacing(pace, clock, background);
    events = new Events(clock);
    endings = new Endings(records.catalog);
    availability = new Availability(records.catalog, endings, events);
    modifying = new Modifying(records.catalog, pacing);
  }

  /// Lets what is under way finish, within bounds.
  @Override
  public void close() {
    background.close();
  }
}
