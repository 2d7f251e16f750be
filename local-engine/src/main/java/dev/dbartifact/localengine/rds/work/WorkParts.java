package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.RecordParts;
import java.time.Clock;
import java.time.Duration;

/// The parts of this package, put together.
public final class WorkParts implements AutoCloseable {

  /// How soon what found no room is written when there is some.
  private static final Duration ROOM = Duration.ofSeconds(1);

  public final Clock clock;
  public final Work background = new Work();
  public final Pacing pacing;
  public final Events events;
  public final Standstills standstills;
  public final Endings endings;
  public final Availability availability;
  public final Modifying modifying;

  private final Catalog catalog;
  private final Ticks catchingUp;

  public WorkParts(RecordParts records, Clock clock, Pace pace) {
    this.clock = clock;
    catalog = records.catalog;
    catchingUp = new Ticks("records that found no room", ROOM, catalog::catchUp);
    pacing = new Pacing(pace, clock, background);
    events = new Events(clock);
    standstills = new Standstills(catalog, background, events);
    endings = new Endings(catalog);
    availability = new Availability(catalog, endings, events);
    modifying = new Modifying(catalog, pacing, events);
  }

  /// From now on what could not be written is written as soon as that can be.
  public void begin() {
    catchingUp.begin();
  }

  /// Lets what is under way finish, within bounds.
  @Override
  public void close() {
    catchingUp.close();
    background.close();
    catalog.catchUp();
  }
}
