package dev.dbartifact.localengine.program;

import java.time.Duration;
import java.util.stream.Stream;

/// How long each part of an engine may take, at most, when the engine ends: one after the other,
/// but for the servers, which end side by side. What does not end in time is left to the next
/// start, so that an engine ends whatever happens within it.
public enum StopLimit {
  /// What has been answered gets to the client.
  ANSWERS(1),
  /// Requests that are under way come to an end.
  REQUESTS(3),
  /// Those that did not are interrupted.
  INTERRUPTED_REQUESTS(1),
  /// Work in the background comes to an end.
  JOBS(10),
  /// A server writes everything to its files.
  SERVER_SHUTS_DOWN(30),
  /// One that did not ends at once. PostgreSQL kills what is left of its children after 5 s
  /// (`SIGKILL_CHILDREN_AFTER_SECS`).
  SERVER_ABORTS(8),
  /// One that did not do that either is killed.
  SERVER_IS_KILLED(5),
  /// What else works on its files, such as the process that writes its log, notices.
  SERVER_FALLS_SILENT(3),
  /// What clones did not wait for is brought to the disk.
  HARDENING(3),
  /// Bytes are given back that were thrown away just before.
  REMOVALS(3),
  /// The storage pool is let go.
  UNMOUNT(5);

  /// How long to wait for an engine to end. Service managers commonly allow 90 s.
  public static final Duration PATIENCE = Duration.ofSeconds(75);

  private final Duration duration;

  StopLimit(long seconds) {
    this.duration = Duration.ofSeconds(seconds);
  }

  public Duration duration() {
    return duration;
  }

  public long millis() {
    return duration.toMillis();
  }

  /// All of them together: an engine in which nothing ends by itself.
  static Duration sum() {
    return Stream.of(values()).map(StopLimit::duration).reduce(Duration.ZERO, Duration::plus);
  }
}
