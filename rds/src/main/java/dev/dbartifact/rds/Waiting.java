package dev.dbartifact.rds;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for states of the world. The first looks follow each other within milliseconds, later ones
/// at about a tenth of the time waited so far, so that no more than a tenth is lost and a slow
/// change does not cost thousands of calls. Being throttled means to wait, and so do, once AWS has
/// answered, a few failures in a row to reach it or of its own. Every change of state is reported
/// once.
public final class Waiting {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(15);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final int SHARE_OF_WAITED = 10;
  private static final double JITTER = 0.2;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final int DISTURBANCES_IN_A_ROW = 6;

  private final WaitingClock clock;
  private final Instant deadline;
  private final Duration timeout;
  private final WaitingReport report;
  private final DoubleSupplier chance;
  private final String continuation;
  private volatile boolean everAnswered;

  /// @param timeout from now on, for all waits together
  /// @param chance numbers from 0 to 1, that spread the looks of many waits
  /// @param continuation the sentence that tells how to go on after giving up
  public Waiting(
      WaitingClock clock,
      Duration timeout,
      WaitingReport report,
      DoubleSupplier chance,
      String continuation) {
    this.clock = clock;
    this.deadline = clock.now().plus(timeout);
    this.timeout = timeout;
    this.report = report;
    this.chance = chance;
    this.continuation = continuation;
  }

  /// The time by the clock that it waits by.
  public Instant now() {
    return clock.now();
  }

  /// What is left of the timeout, for waits that are not done here; never negative.
  public Duration left() {
    return max(Duration.between(clock.now(), deadline), Duration.ZERO);
  }

  /// Looks until what is looked at is ready.
  ///
  /// @param resource such as `cluster dev-orders`
  /// @param events asked only for the message when it comes to no good end
  /// @throws WaitingException when it failed, is gone, needs somebody to act, or takes too long
  public <T> T until(String resource, Supplier<Observation<T>> look, Supplier<List<String>> events)
      throws InterruptedException {
    Instant start = clock.now();
    String last = "";
    int unanswered = 0;
    while (true) {
      String state = last;
      try {
        Observation<T> seen = look.get();
        everAnswered = true;
        unanswered = 0;
        last = reportChange(resource, last, seen, start);
        if (seen.statusClass() == StatusClass.READY) {
          return seen.value().orElseThrow();
        }
        refuseHopeless(resource, seen, events);
        state = last;
      } catch (AwsException failed) {
        unanswered++;
        refuseLasting(failed, unanswered);
        state = last.isEmpty() ? failed.cameBack() : last + ", and then: " + failed.cameBack();
      }
      giveUpInTime(resource, state, events);
      clock.sleep(pause(Duration.between(start, clock.now()), unanswered));
    }
  }

  /// Looks until what is looked at has gone through a change that has just been asked for. For some
  /// seconds after the answer, RDS goes on telling the state from before, so a state that is ready
  /// counts only when it shows the change, when another state was seen in between, or when the
  /// change has not shown for half a minute.
  ///
  /// @param shows whether the change can be seen
  public <T> T untilChanged(
      String resource,
      Supplier<Observation<T>> look,
      Predicate<T> shows,
      Supplier<List<String>> events)
      throws InterruptedException {
    Instant late = clock.now().plus(GRACE);
    var moved = new AtomicBoolean();
    return until(
        resource,
        () -> {
          Observation<T> seen = look.get();
          if (seen.statusClass() != StatusClass.READY) {
            moved.set(true);
            return seen;
          }
          boolean counts = moved.get() || shows.test(seen.value().orElseThrow());
          return counts || !clock.now().isBefore(late)
              ? seen
              : Observation.inProgress(seen.state() + ", the change does not show yet");
        },
        events);
  }

  /// An endpoint that has never answered is a wrong one.
  private void refuseLasting(AwsException failed, int unanswered) {
    boolean passes =
        failed.means(ErrorMeaning.THROTTLED)
            || (failed.meaning().isDisturbance()
                && everAnswered
                && unanswered <= DISTURBANCES_IN_A_ROW);
    if (!passes) {
      throw failed;
    }
  }

  private String reportChange(String resource, String last, Observation<?> seen, Instant start) {
    if (!seen.state().equals(last)) {
      report.changed(
          resource, seen.state(), seen.statusClass(), Duration.between(start, clock.now()));
    }
    return seen.state();
  }

  private void refuseHopeless(String resource, Observation<?> seen, Supplier<List<String>> events) {
    if (seen.statusClass() != StatusClass.IN_PROGRESS) {
      throw new WaitingException(
          "Waiting for "
              + resource
              + " ended: it is in state '"
              + seen.state()
              + "'. "
              + seen.advice()
              + told(events));
    }
  }

  private void giveUpInTime(String resource, String last, Supplier<List<String>> events) {
    if (!clock.now().isBefore(deadline)) {
      throw new WaitingException(
          "Gave up waiting for "
              + resource
              + " after "
              + spoken(timeout)
              + ": it is in state '"
              + last
              + "'. "
              + continuation
              + told(events));
    }
  }

  private static String spoken(Duration timeout) {
    return timeout.toSeconds() % 60 == 0
        ? timeout.toMinutes() + " min"
        : timeout.toSeconds() + " s";
  }

  private static String told(Supplier<List<String>> events) {
    try {
      var list = events.get();
      return list.isEmpty() ? "" : "\nThe last events:\n  " + String.join("\n  ", list);
    } catch (AwsException unknown) {
      return "";
    }
  }

  /// A tenth of the time waited, within bounds; longer after each unanswered look, doubling.
  private Duration pause(Duration waited, int unanswered) {
    Duration pause = waited.dividedBy(SHARE_OF_WAITED);
    if (unanswered > 0) {
      pause = max(pause, Duration.ofMillis(500).multipliedBy(1L << Math.min(unanswered, 6)));
    }
    pause = min(max(pause, FIRST_PAUSE), LONGEST_PAUSE);
    long nanos = (long) (pause.toNanos() * (1 - JITTER * chance.getAsDouble()));
    Duration left = Duration.between(clock.now(), deadline);
    return min(Duration.ofNanos(nanos), max(left, Duration.ofMillis(1)));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
